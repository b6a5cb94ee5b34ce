//! The pipelines behind the entry points.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree, extra::DelimSpan};
use quote::{ToTokens as _, quote};
use syn::{
    Attribute, Block, Item, LitStr, Macro, Meta, Path, Stmt,
    parse::{Parse as _, ParseStream},
    spanned::Spanned as _,
    visit_mut,
};

use crate::{
    args,
    arguments::Capture,
    check::{self, Flavour},
    comprehension::Comprehension,
    constructs::{AsyncFor, is_generator},
    emit,
    errors::{Errors, mistake},
    forgotten, lower,
    names::{self, Names},
    parse, standalone, unfinished,
    visitor::{Visitor, Walk},
};

/// `#[async_generator(args)] item`.
pub(crate) fn async_generator(args: TokenStream, item: &TokenStream) -> TokenStream {
    generator(args, item, None)
}

/// What is known of a function in `generator_syntax!`.
struct InSyntax<'a> {
    krate: &'a Path,
    /// Its attribute: what is said of all of it is said there, as where that is a macro.
    attr: Span,
    /// The braces of its body, where the function is printed anew: a group that is has one place for both.
    braces: Option<DelimSpan>,
}

fn generator(args: TokenStream, item: &TokenStream, syntax: Option<&InSyntax<'_>>) -> TokenStream {
    let mut function = match parse::function(item.clone()) {
        Ok(function) => function,
        Err(error) => {
            let error = error.into_compile_error();
            let item = without_code(item);
            return quote!(#error #item);
        }
    };
    let (mut args, mistakes) = args::parse(args);
    if let Some(InSyntax { krate, attr, braces }) = syntax {
        args.krate.get_or_insert_with(|| {
            let mut krate = (*krate).clone();
            if let Some(first) = krate.segments.first_mut() {
                first.ident.set_span(attr.resolved_at(first.ident.span()));
            }
            krate
        });
        function.braces = braces.or(function.braces);
    }
    let mut errors = Errors::default();
    if let Err(error) = mistakes {
        errors.add(error);
    }
    let checked = check::function(function, args, syntax.is_some());
    let (function, args) = match checked {
        Ok(checked) => match errors.finish() {
            Ok(()) => return emit::function(checked),
            Err(error) => {
                let fallback = emit::fallback(checked.function, &checked.args);
                let error = error.into_compile_error();
                return quote!(#error #fallback);
            }
        },
        Err(wrong) => {
            errors.add(wrong.error);
            (wrong.function, wrong.args)
        }
    };
    let error = errors.finish().err().map(syn::Error::into_compile_error);
    let fallback = emit::fallback(function, &args);
    quote!(#error #fallback)
}

/// An item that cannot be read: a function without its code, of which more would be said.
fn without_code(item: &TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = item.clone().into_iter().collect();
    let is_fn = tokens.iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "fn"));
    match tokens.last_mut() {
        Some(TokenTree::Group(code)) if is_fn && code.delimiter() == Delimiter::Brace => {
            let mut none = Group::new(Delimiter::Brace, quote!(loop {}));
            none.set_span(code.span_open());
            *code = none;
            quote!(#[allow(unused_variables)] #(#tokens)*)
        }
        _ => item.clone(),
    }
}

/// What an expansion starts with: the path of the runtime, in parentheses.
fn with_crate(input: TokenStream) -> (TokenStream, TokenStream) {
    let mut input = input.into_iter();
    match input.next() {
        Some(TokenTree::Group(krate)) => (krate.stream(), input.collect()),
        _ => unreachable!("the runtime's macros put it there"),
    }
}

/// `stream! { .. }` and `try_stream! { .. }`, behind the path of the runtime.
pub(crate) fn stream(input: TokenStream, wraps_ok: bool) -> TokenStream {
    let (krate, body) = with_crate(input);
    let names = Names::of_macro(krate);
    match check::stream(body, wraps_ok) {
        Ok((stmts, flavour)) => anonymous(stmts, flavour, &names),
        Err(error) => error.into_compile_error(),
    }
}

/// A generator as an expression: what it captures, it does by names that may also mean something else.
fn anonymous(stmts: Vec<Stmt>, flavour: Flavour, names: &Names) -> TokenStream {
    // All of it is captured by the block, and what it loops over comes first there.
    let captures = |name: &Ident| names::is_of_local(name).then_some(Capture::First);
    let lowered = lower::body(stmts, &captures, flavour, names);
    emit::stream(lowered, flavour, names)
}

/// `stream_of![ .. ]`, behind the path of the runtime.
pub(crate) fn stream_of(input: TokenStream) -> TokenStream {
    let (krate, input) = with_crate(input);
    let names = Names::of_macro(krate);
    let flavour = Flavour { keywords: true, ..Flavour::PLAIN };
    let checked = parse::unmarked::<Comprehension>(input).and_then(|found| {
        let mut stmts = found.into_stmts();
        let mut errors = Errors::default();
        crate::body::check(&mut stmts, flavour, &mut errors);
        errors.finish().map(|()| stmts)
    });
    match checked {
        Ok(stmts) => anonymous(stmts, flavour, &names),
        Err(error) => error.into_compile_error(),
    }
}

/// `for_await!(x in s { .. })`, behind the path of the runtime.
pub(crate) fn for_await(input: TokenStream) -> TokenStream {
    let (krate, input) = with_crate(input);
    let names = Names::of_macro(krate);
    let checked = parse::all::<AsyncFor>(input).and_then(|mut found| {
        let mut errors = Errors::default();
        standalone::check(&mut found, &mut errors);
        errors.finish().map(|()| found)
    });
    match checked {
        Ok(found) => emit::expression(&lower::standalone_loop(found, &names), &names),
        Err(error) => error.into_compile_error(),
    }
}

/// An await that a local macro of a body hands back: `(runtime) handle (in_region) future.await`.
pub(crate) fn awaited(input: TokenStream) -> TokenStream {
    let parser = |input: ParseStream<'_>| {
        let (krate, handle): (Group, Ident) = (input.parse()?, input.parse()?);
        let in_region: Group = input.parse()?;
        // As tokens: in parentheses, which are left out, it may be more than what an `.await` takes.
        let mut awaited: Vec<TokenTree> = input.parse::<TokenStream>()?.into_iter().collect();
        let (await_, dot) = (awaited.pop(), awaited.pop());
        match (dot, await_) {
            (Some(TokenTree::Punct(_)), Some(TokenTree::Ident(await_))) => {
                Ok((krate, handle, in_region, TokenStream::from_iter(awaited), await_.span()))
            }
            _ => Err(input.error("expected `.await`")),
        }
    };
    let (krate, handle, in_region, future, end) = match parse::whole(parser, input) {
        Ok(parts) => parts,
        Err(error) => return error.into_compile_error(),
    };
    let names = Names::new(handle.span(), krate.stream());
    let cut = (!in_region.stream().is_empty()).then(TokenStream::new);
    let access = emit::Access { cut, ..emit::Access::default() };
    let (first, last) = emit::ends(&future);
    let leaf = emit::wait(&future, emit::Extent { first, last }, &access, &names);
    emit::awaited_here(&leaf, emit::Extent { first, last: end }, &names)
}

/// What a local macro of a body refuses, behind the reason: an error at what it was given.
pub(crate) fn refuse(input: TokenStream) -> TokenStream {
    let parser = |input: ParseStream<'_>| Ok((input.parse::<LitStr>()?, input.parse()?));
    let (reason, given): (_, TokenStream) = match parse::whole(parser, input) {
        Ok(parts) => parts,
        Err(error) => return error.into_compile_error(),
    };
    mistake(given, reason.value()).into_compile_error()
}

/// A construct that a local macro of a body hands back: `(runtime) (flags) handle construct!(..)`.
pub(crate) fn construct(input: TokenStream) -> TokenStream {
    let parser = |input: ParseStream<'_>| {
        let krate: Group = input.parse()?;
        let flags: Group = input.parse()?;
        let handle: Ident = input.parse()?;
        let mut mac: Macro = input.parse()?;
        // The name stands in our own definition of the macro; what it was given is the user's.
        if !mac.tokens.is_empty() {
            let (first, last) = emit::ends(&mac.tokens);
            mac.path.segments.iter_mut().for_each(|name| name.ident.set_span(first));
            mac.delimiter = syn::MacroDelimiter::Paren(syn::token::Paren(last));
        }
        Ok((krate, flags, handle, mac))
    };
    let (krate, flags, handle, mac) = match parse::whole(parser, input) {
        Ok(parts) => parts,
        Err(error) => return error.into_compile_error(),
    };
    let names = Names::new(handle.span(), krate.stream());
    let flavour = emit::parse_flags(flags.stream());
    let mut errors = Errors::default();
    let mut stmts =
        vec![Stmt::Macro(syn::StmtMacro { attrs: Vec::new(), mac: mac.clone(), semi_token: None })];
    crate::body::check_in_macro(&mut stmts, flavour, &mut errors);
    match errors.finish() {
        Ok(()) => {
            let here = names.located_at(emit::ends(&mac.tokens).0);
            emit::expression(&lower::construct_in_macro(mac, flavour, &names), &here)
        }
        Err(error) => error.into_compile_error(),
    }
}

/// `generator_syntax! { items }`, behind the path of the runtime.
pub(crate) fn generator_syntax(input: TokenStream) -> TokenStream {
    let (krate, items) = with_crate(input);
    let krate: Path = match parse::whole(Path::parse, krate) {
        Ok(path) => path,
        Err(error) => return error.into_compile_error(),
    };
    match parse::all::<syn::File>(items.clone()) {
        Ok(mut file) => {
            let mut generators = Generators { krate, errors: Errors::default() };
            for item in &mut file.items {
                generators.visit_item_mut(item);
            }
            let error = generators.errors.finish().err().map(syn::Error::into_compile_error);
            quote!(#error #file)
        }
        Err(error) => {
            // One item is wrong. The others are there, and it is too, if its signature can be read.
            let mut expanded = 0;
            let items = unfinished::items(items, &mut |args, item| {
                expanded += usize::from(parse::function(item.clone()).is_ok_and(|function| {
                    function.body.is_some_and(|body| parse::body(body.stream()).is_err())
                }));
                let (attr, _) = emit::ends(&item);
                generator(args, &item, Some(&InSyntax { krate: &krate, attr, braces: None }))
            });
            let error = (expanded == 0).then(|| error.into_compile_error());
            quote!(#error #items)
        }
    }
}

/// Expands the generators among items, at any depth.
struct Generators {
    krate: Path,
    errors: Errors,
}

impl Generators {
    fn expand(
        &self,
        attrs: &mut Vec<Attribute>,
        block: Option<&Block>,
        item: impl FnOnce(Vec<Attribute>) -> TokenStream,
    ) -> TokenStream {
        let at = attrs.iter().position(|attr| is_generator(std::slice::from_ref(attr)));
        let Some(at) = at else { unreachable!("the caller has looked") };
        let attr = attrs.remove(at);
        let at_attr = attr.path().span();
        let args = match attr.meta {
            Meta::List(list) => list.tokens,
            Meta::Path(_) => TokenStream::new(),
            Meta::NameValue(other) => other.into_token_stream(),
        };
        let attrs = std::mem::take(attrs).into_iter().map(parse::to_outer).collect();
        let braces = block.map(|block| block.brace_token.span);
        let syntax = InSyntax { krate: &self.krate, attr: at_attr, braces };
        generator(args, &item(attrs), Some(&syntax))
    }
}

impl Visitor for Generators {
    // No generators in these. Some may be in the guard of an arm.
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
    fn visit_attribute_mut(&mut self, _: &mut Attribute) {}

    fn visit_item_mut(&mut self, item: &mut Item) {
        match item {
            Item::Fn(found) if is_generator(&found.attrs) => {
                self.visit_block_mut(&mut found.block);
                let mut attrs = std::mem::take(&mut found.attrs);
                let found = &*found;
                let tokens =
                    self.expand(&mut attrs, Some(&found.block), |attrs| quote!(#(#attrs)* #found));
                *item = Item::Verbatim(tokens);
            }
            Item::Fn(found) => {
                visit_mut::visit_item_fn_mut(&mut Walk(self), found);
                forgotten::report(&mut found.block, &mut self.errors);
            }
            _ => visit_mut::visit_item_mut(&mut Walk(self), item),
        }
    }

    fn visit_impl_item_mut(&mut self, item: &mut syn::ImplItem) {
        match item {
            syn::ImplItem::Fn(found) if is_generator(&found.attrs) => {
                self.visit_block_mut(&mut found.block);
                let mut attrs = std::mem::take(&mut found.attrs);
                let found = &*found;
                let tokens =
                    self.expand(&mut attrs, Some(&found.block), |attrs| quote!(#(#attrs)* #found));
                *item = syn::ImplItem::Verbatim(tokens);
            }
            syn::ImplItem::Fn(found) => {
                visit_mut::visit_impl_item_fn_mut(&mut Walk(self), found);
                forgotten::report(&mut found.block, &mut self.errors);
            }
            _ => visit_mut::visit_impl_item_mut(&mut Walk(self), item),
        }
    }

    fn visit_trait_item_mut(&mut self, item: &mut syn::TraitItem) {
        match item {
            syn::TraitItem::Fn(found) if is_generator(&found.attrs) => {
                if let Some(block) = &mut found.default {
                    self.visit_block_mut(block);
                }
                let mut attrs = std::mem::take(&mut found.attrs);
                let found = &*found;
                let tokens = self.expand(
                    &mut attrs,
                    found.default.as_ref(),
                    |attrs| quote!(#(#attrs)* #found),
                );
                *item = syn::TraitItem::Verbatim(tokens);
            }
            syn::TraitItem::Fn(found) => {
                visit_mut::visit_trait_item_fn_mut(&mut Walk(self), found);
                if let Some(block) = &mut found.default {
                    forgotten::report(block, &mut self.errors);
                }
            }
            _ => visit_mut::visit_trait_item_mut(&mut Walk(self), item),
        }
    }
}
