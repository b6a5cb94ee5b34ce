//! Where a boxed generator is: a block of the heap, with a head before the generator.
//!
//! # Invariants
//!
//! 1. [`Block::new`] alone makes one. Its pointer, to the generator, is from that to the whole allocation, and there
//!    is a head right before the generator.
//! 2. No reference to a head is there while a generator is polled, closed or dropped, or in two functions at once.
//! 3. A block is copied as its pointer is. [`chain`](super::chain) says who may follow it.

use alloc::alloc::{alloc, dealloc, handle_alloc_error};
use core::{
    alloc::Layout,
    mem::transmute,
    pin::Pin,
    ptr::{self, NonNull},
};

use super::chain::Head;
use crate::protocol::AsyncGenerator;

/// A generator of these types.
type Object<'a, Y, S, T> = dyn AsyncGenerator<Yield = Y, Sent = S, Thrown = T> + 'a;

/// A pointer to a boxed generator, which knows its head.
pub(super) struct Block<'a, Y, S, T>(NonNull<Object<'a, Y, S, T>>);

impl<Y, S, T> Clone for Block<'_, Y, S, T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Y, S, T> Copy for Block<'_, Y, S, T> {}

impl<'a, Y, S, T> Block<'a, Y, S, T> {
    /// Makes a generator where it is to be.
    #[inline]
    pub(super) fn new<G>(generator: impl FnOnce() -> G) -> Self
    where
        G: AsyncGenerator<Yield = Y, Sent = S, Thrown = T> + 'a,
    {
        let extended = Layout::new::<Head<Y, S, T>>().extend(Layout::new::<G>());
        let Ok((layout, offset)) = extended else { panic!("a generator is too large for a box") };
        // SAFETY: there is a head in the layout, so it is not empty.
        let start = NonNull::new(unsafe { alloc(layout) });
        let Some(start) = start else { handle_alloc_error(layout) };
        // SAFETY: the offset is in the layout.
        let place = unsafe { start.add(offset) }.cast::<G>();
        // SAFETY: the layout has a generator there.
        unsafe { place.write(generator()) };
        // SAFETY: it was written above.
        let head = Head::new(unsafe { place.as_ref() }, offset);
        let block = Self(place);
        // SAFETY: the layout has room for a head before the generator: the offset is what a head takes, rounded up.
        unsafe { block.head().write(head) };
        block
    }

    /// What is before the generator.
    #[inline]
    pub(super) fn head(self) -> NonNull<Head<Y, S, T>> {
        // SAFETY: invariant 1.
        unsafe { self.0.cast::<Head<Y, S, T>>().sub(1) }
    }

    /// The generator.
    ///
    /// # Safety
    ///
    /// - The block is not freed, and there is no other reference to the generator, while this one is used.
    #[inline]
    pub(super) unsafe fn generator<'g>(mut self) -> Pin<&'g mut Object<'a, Y, S, T>>
    where
        'a: 'g,
    {
        // SAFETY: what the caller promises.
        let generator = unsafe { self.0.as_mut() };
        // SAFETY: it is dropped where it is.
        unsafe { Pin::new_unchecked(generator) }
    }

    /// The generator, to be looked at.
    ///
    /// # Safety
    ///
    /// - The block is not freed, and there is no exclusive reference to the generator, while this one is used.
    #[inline]
    pub(super) unsafe fn shared<'g>(self) -> &'g Object<'a, Y, S, T>
    where
        'a: 'g,
    {
        // SAFETY: what the caller promises.
        unsafe { self.0.as_ref() }
    }

    /// The same block, whose generator may live for a shorter time than this says.
    #[inline]
    pub(super) fn forget_lifetime(self) -> Block<'static, Y, S, T> {
        // SAFETY: they differ in the lifetime alone, and each use of the generator has a contract of its own.
        unsafe { transmute(self) }
    }

    /// Drops the generator, and leaves the block as it is.
    ///
    /// # Safety
    ///
    /// - The generator is not used any more.
    #[inline]
    pub(super) unsafe fn drop_generator(self) {
        // SAFETY: what the caller promises.
        unsafe { ptr::drop_in_place(self.0.as_ptr()) };
    }

    /// Whether it is this one.
    pub(super) fn is(self, other: Block<'_, Y, S, T>) -> bool {
        ptr::addr_eq(self.0.as_ptr(), other.0.as_ptr())
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
        let Self(block) = *self;
        // SAFETY: what the generator was is still there.
        let generator = Layout::for_value(unsafe { block.0.as_ref() });
        // SAFETY: the block's own.
        let offset = unsafe { block.head().as_ref() }.offset();
        let align = generator.align().max(align_of::<Head<Y, S, T>>());
        // SAFETY: `new` had it of these parts.
        let layout = unsafe { Layout::from_size_align_unchecked(offset + generator.size(), align) };
        // SAFETY: `new` added it.
        let start = unsafe { block.0.cast::<u8>().sub(offset) };
        // SAFETY: `new` has allocated it, and nothing in it is used any more.
        unsafe { dealloc(start.as_ptr(), layout) };
    }
}
