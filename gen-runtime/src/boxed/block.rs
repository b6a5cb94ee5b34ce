//! Where a boxed generator is: a block of the heap, with a head before the generator.
//!
//! # Invariants
//!
//! 1. [`Block::new`] alone makes one. Its pointer, to the head, is from that to the whole allocation, and the
//!    generator is right behind the head. The methods in the head are those for the type of that generator.
//! 2. No reference to a head is there while a generator is polled, closed or dropped, or in two functions at once.
//! 3. A block is copied as its pointer is. [`chain`](super::chain) says who may follow it.

use alloc::alloc::{alloc, dealloc, handle_alloc_error};
use core::{
    alloc::Layout,
    marker::PhantomData,
    mem::transmute,
    pin::Pin,
    ptr::{self, NonNull},
    task::{Context, Poll},
};

use super::chain::Head;
use crate::{
    protocol::{AsyncGenerator, End, GeneratorState, Signal},
    shortcut::Shortcut,
};

/// Where the head of a block is.
pub(super) type HeadPointer<Y, S, T> = NonNull<Head<Y, S, T>>;

/// A pointer to a boxed generator.
pub(super) struct Block<'a, Y, S, T>(HeadPointer<Y, S, T>, PhantomData<Types<'a, Y, S, T>>);

/// Not to be converted, but to what lives for less long.
type Types<'a, Y, S, T> = (&'a mut (), fn(Y, S, T) -> (Y, S, T));

impl<Y, S, T> Clone for Block<'_, Y, S, T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Y, S, T> Copy for Block<'_, Y, S, T> {}

/// What is asked of a generator in a box, other than to go on and to end.
pub(super) trait Held {
    fn state(&self) -> GeneratorState;
    fn has_pending_cleanup(&self) -> bool;
    fn abandon(self: Pin<&mut Self>);
}

impl<G: AsyncGenerator> Held for G {
    fn state(&self) -> GeneratorState {
        AsyncGenerator::state(self)
    }

    fn has_pending_cleanup(&self) -> bool {
        AsyncGenerator::has_pending_cleanup(self)
    }

    fn abandon(self: Pin<&mut Self>) {
        AsyncGenerator::abandon(self);
    }
}

/// Says where that is. It may live for less long than this says.
type ObjectFn<Y, S, T> = fn(HeadPointer<Y, S, T>) -> NonNull<dyn Held>;

/// Polls the generator of the block with this head, or, in its place, the one that it is at.
///
/// # Safety
///
/// - The block is there, and it is for the caller to poll it.
pub(super) type PollFn<Y, S, T> = unsafe fn(
    HeadPointer<Y, S, T>,
    &mut Context<'_>,
    Option<&mut Option<Signal<S, T>>>,
) -> Poll<Option<Y>>;

/// Closes the generator of the block with this head, or lets go of it; or has a poll do so, and gives nothing.
///
/// # Safety
///
/// - The block is there, and it is for the caller to poll it.
type EndFn<Y, S, T> =
    unsafe fn(HeadPointer<Y, S, T>, &mut Context<'_>, End) -> Option<Poll<Option<Y>>>;

/// What is done by the type of a generator.
pub(super) struct Methods<Y, S, T> {
    /// Polls it.
    pub(super) poll: PollFn<Y, S, T>,
    end: EndFn<Y, S, T>,
    /// Drops it where it is.
    drop: unsafe fn(HeadPointer<Y, S, T>),
    /// Where it is, for all else.
    object: ObjectFn<Y, S, T>,
    layout: Layout,
    /// From the start of the block to the head.
    before: usize,
}

/// Those of one type.
struct MethodsOf<'a, G, Y, S, T>(PhantomData<(G, Types<'a, Y, S, T>)>);

impl<'a, G, Y, S, T> MethodsOf<'a, G, Y, S, T>
where
    G: AsyncGenerator<Yield = Y, Sent = S, Thrown = T> + 'a,
{
    const METHODS: Methods<Y, S, T> = {
        let extended = Layout::new::<Head<Y, S, T>>().extend(Layout::new::<G>());
        let Ok((layout, offset)) = extended else { panic!("a generator is too large for a box") };
        let before = offset - size_of::<Head<Y, S, T>>();
        Methods {
            poll: Self::poll,
            end: Self::end,
            drop: Self::drop,
            object: Self::object,
            layout,
            before,
        }
    };
    /// A borrow that a constant is made of lasts for ever. It is no reference, as its types may not.
    const POINTER: *const Methods<Y, S, T> = &Self::METHODS;

    #[inline]
    fn place(head: HeadPointer<Y, S, T>) -> NonNull<G> {
        // SAFETY: invariant 1.
        unsafe { head.add(1) }.cast()
    }

    unsafe fn drop(head: HeadPointer<Y, S, T>) {
        // SAFETY: what the caller promises.
        unsafe { ptr::drop_in_place(Self::place(head).as_ptr()) };
    }

    fn object(head: HeadPointer<Y, S, T>) -> NonNull<dyn Held> {
        let object: NonNull<dyn Held + 'a> = Self::place(head);
        // SAFETY: they differ in the lifetime alone, and whoever follows the pointer has a reason to.
        unsafe { transmute(object) }
    }

    unsafe fn end(
        head: HeadPointer<Y, S, T>,
        cx: &mut Context<'_>,
        end: End,
    ) -> Option<Poll<Option<Y>>> {
        // SAFETY: what the caller promises.
        let generator = unsafe { Self::place(head).as_mut() };
        // SAFETY: it is dropped where it is.
        unsafe { Pin::new_unchecked(generator) }.poll_end(cx, end)
    }

    unsafe fn poll(
        head: HeadPointer<Y, S, T>,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
    ) -> Poll<Option<Y>> {
        // SAFETY: the block's own.
        let shortcut = Shortcut::of(unsafe { head.as_ref() }.root);
        // SAFETY: what the caller promises.
        let generator = unsafe { Self::place(head).as_mut() };
        // SAFETY: it is dropped where it is.
        unsafe { Pin::new_unchecked(generator) }.poll_advance(cx, signal, shortcut)
    }
}

impl<'a, Y, S, T> Block<'a, Y, S, T> {
    /// Makes a generator where it is to be.
    #[inline]
    pub(super) fn new<G>(generator: impl FnOnce() -> G) -> Self
    where
        G: AsyncGenerator<Yield = Y, Sent = S, Thrown = T> + 'a,
    {
        let Methods { layout, before, .. } = MethodsOf::<'a, G, Y, S, T>::METHODS;
        // SAFETY: there is a head in the layout, so it is not empty.
        let start = NonNull::new(unsafe { alloc(layout) });
        let Some(start) = start else { handle_alloc_error(layout) };
        // SAFETY: it is in the layout.
        let head = unsafe { start.add(before) }.cast();
        let place = MethodsOf::<'a, G, Y, S, T>::place(head);
        // SAFETY: the layout has a generator there.
        unsafe { place.write(generator()) };
        // SAFETY: it was written above.
        let owner = unsafe { place.as_ref() }.is_owner();
        // SAFETY: it was a reference.
        let methods =
            unsafe { NonNull::new_unchecked(MethodsOf::<'a, G, Y, S, T>::POINTER.cast_mut()) };
        // SAFETY: the layout has a head there.
        unsafe { head.write(Head::new(head, methods, owner)) };
        Self(head, PhantomData)
    }

    /// The block with this head.
    #[inline]
    pub(super) fn of(head: HeadPointer<Y, S, T>) -> Self {
        Self(head, PhantomData)
    }

    /// What is before the generator.
    #[inline]
    pub(super) fn head(self) -> HeadPointer<Y, S, T> {
        self.0
    }

    /// What is done by the type of the generator.
    #[inline]
    pub(super) fn methods<'m>(self) -> &'m Methods<Y, S, T> {
        // SAFETY: the block's own.
        let methods = unsafe { self.0.as_ref() }.methods;
        // SAFETY: they are a constant.
        unsafe { methods.as_ref() }
    }

    /// The generator.
    ///
    /// # Safety
    ///
    /// - The block is there, and there is no other reference to the generator, while this one is used.
    #[inline]
    pub(super) unsafe fn generator<'g>(self) -> Pin<&'g mut dyn Held> {
        // SAFETY: what the caller promises.
        let generator = unsafe { (self.methods().object)(self.0).as_mut() };
        // SAFETY: it is dropped where it is.
        unsafe { Pin::new_unchecked(generator) }
    }

    /// The generator, to be looked at.
    ///
    /// # Safety
    ///
    /// - The block is there, and there is no exclusive reference to the generator, while this one is used.
    #[inline]
    pub(super) unsafe fn shared<'g>(self) -> &'g dyn Held {
        // SAFETY: what the caller promises.
        unsafe { (self.methods().object)(self.0).as_ref() }
    }

    /// Closes the generator, or lets go of it. An item is one that nobody wants.
    ///
    /// # Safety
    ///
    /// - The block is there, and it is for the caller to poll it.
    #[inline]
    pub(super) unsafe fn end(self, cx: &mut Context<'_>, end: End) -> Poll<Option<Y>> {
        let Methods { end: begin, poll, .. } = *self.methods();
        // SAFETY: what the caller promises.
        let polled = unsafe { begin(self.0, cx, end) };
        // SAFETY: what the caller promises.
        polled.unwrap_or_else(|| unsafe { poll(self.0, cx, None) })
    }

    /// Drops the generator, and leaves the block as it is.
    ///
    /// # Safety
    ///
    /// - The generator is not used any more.
    #[inline]
    pub(super) unsafe fn drop_generator(self) {
        // SAFETY: what the caller promises.
        unsafe { (self.methods().drop)(self.0) };
    }
}

/// A block that is not used any more, whose generator is dropped with this.
pub(super) struct Whole<'a, Y, S, T>(pub(super) Block<'a, Y, S, T>);

impl<Y, S, T> Drop for Whole<'_, Y, S, T> {
    #[inline]
    fn drop(&mut self) {
        let _allocation = Allocation(self.0);
        // SAFETY: it is not used any more.
        unsafe { self.0.drop_generator() };
    }
}

/// A block that is not used any more, and whose generator is gone.
pub(super) struct Allocation<'a, Y, S, T>(pub(super) Block<'a, Y, S, T>);

impl<Y, S, T> Drop for Allocation<'_, Y, S, T> {
    #[inline]
    fn drop(&mut self) {
        let Methods { layout, before, .. } = *self.0.methods();
        // SAFETY: `new` has added it.
        let start = unsafe { self.0.0.cast::<u8>().sub(before) };
        // SAFETY: `new` has allocated it, and nothing in it is used any more.
        unsafe { dealloc(start.as_ptr(), layout) };
    }
}
