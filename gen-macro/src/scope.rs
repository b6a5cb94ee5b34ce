//! Where in a generator function a piece of code stands.

use syn::{Label, Lifetime};

/// Whose code it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The body's own async block.
    Body,
    /// An async block that the body awaits on the spot.
    AwaitedBlock,
    /// The block of a `defer!`.
    Cleanup,
    /// An async block that a cleanup awaits on the spot: `return` and `?` end it alone.
    CleanupBlock,
    /// A closure, async or not.
    Closure,
    /// An async block that something else polls.
    AsyncBlock,
    /// A nested function.
    Function,
    /// Any other nested item, or a constant.
    Item,
}

impl Place {
    /// Whether a yield may stand here.
    pub(crate) fn yields(self) -> bool {
        matches!(self, Self::Body | Self::AwaitedBlock)
    }

    /// Whether the awaits here are the body's own.
    pub(crate) fn awaits(self) -> bool {
        self.yields() || self.cleans_up()
    }

    /// Whether `close` waits for the code here.
    pub(crate) fn cleans_up(self) -> bool {
        matches!(self, Self::Cleanup | Self::CleanupBlock)
    }

    /// The place of an async block that is awaited on the spot here.
    pub(crate) fn of_awaited_block(self) -> Self {
        match self {
            Self::Body | Self::AwaitedBlock => Self::AwaitedBlock,
            Self::Cleanup | Self::CleanupBlock => Self::CleanupBlock,
            Self::Closure | Self::AsyncBlock => Self::AsyncBlock,
            Self::Function => Self::Function,
            Self::Item => Self::Item,
        }
    }

    /// What to tell someone who writes a construct of a body here.
    pub(crate) fn why_not(self) -> &'static str {
        match self {
            Self::Body | Self::AwaitedBlock => "here",
            Self::Cleanup | Self::CleanupBlock => {
                "in a cleanup: nobody takes items from a generator that is being closed; move it out of the `defer!`"
            }
            Self::Closure => {
                "in a closure, which is no code of the body's own; move it out, or use a loop"
            }
            Self::AsyncBlock => {
                "in an async block that is not awaited on the spot; await it (`async { .. }.await`), or yield what it gives"
            }
            Self::Function => {
                "in a nested function; put `#[async_generator]` on that function, and delegate to it with `yield_from!`"
            }
            Self::Item => "in a constant, which is evaluated at compile time; move it out",
        }
    }
}

/// What a `break` or `continue` can aim at.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) label: Option<Lifetime>,
    /// A labelled block is aimed at by its label only.
    pub(crate) is_loop: bool,
    /// How many regions were open around it.
    pub(crate) regions: usize,
    /// It is an async for loop that is the region at this depth.
    pub(crate) loop_at: Option<usize>,
    /// The label is ours: some jump needs one, and the user has written none.
    pub(crate) is_named: bool,
}

impl Target {
    /// That of a plain loop.
    pub(crate) fn of_loop(label: Option<&Label>, regions: usize) -> Self {
        let label = label.map(|label| label.name.clone());
        Self { label, is_loop: true, regions, loop_at: None, is_named: false }
    }
}

/// The target of a jump among `targets`, innermost last.
pub(crate) fn target<'t>(targets: &'t [Target], label: Option<&Lifetime>) -> Option<&'t Target> {
    index_of(targets, label).map(|index| &targets[index])
}

/// The place of that among `targets`.
pub(crate) fn index_of(targets: &[Target], label: Option<&Lifetime>) -> Option<usize> {
    targets.iter().rposition(|target| match label {
        Some(label) => target.label.as_ref().is_some_and(|found| found.ident == label.ident),
        None => target.is_loop,
    })
}

/// The target that an expression is for the jumps in it. A `for` is none: there are jumps in it that are not in its loop.
pub(crate) fn as_target(expr: &syn::Expr, regions: usize) -> Option<Target> {
    use syn::Expr;
    match expr {
        Expr::Loop(found) => Some(Target::of_loop(found.label.as_ref(), regions)),
        Expr::While(found) => Some(Target::of_loop(found.label.as_ref(), regions)),
        Expr::Block(found) if found.label.is_some() => {
            Some(Target { is_loop: false, ..Target::of_loop(found.label.as_ref(), regions) })
        }
        _ => None,
    }
}
