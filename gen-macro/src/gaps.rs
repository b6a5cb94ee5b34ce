//! Whether code may be left between where it moves a variable and where it gives that another value.

use std::collections::HashMap;

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};

use crate::syntax::{is_punct, variable_at};

/// Says whether code may be left in such a gap, as far as its words tell.
pub(crate) fn has_gap(code: TokenStream) -> bool {
    let mut reader = Reader::default();
    reader.read(code);
    let mut first_used = HashMap::new();
    let mut last_way_out = 0;
    reader.events.iter().enumerate().any(|(at, event)| {
        match event {
            Event::Used(name) => {
                first_used.entry(name.to_string()).or_insert(at);
            }
            Event::WayOut => last_way_out = at,
            Event::Assigned(name) => {
                return first_used.get(&name.to_string()).is_some_and(|&used| used < last_way_out);
            }
        }
        false
    })
}

/// What code does, in the order in which it does it.
#[derive(Clone)]
enum Event {
    /// It may move a variable: it does more than to borrow that.
    Used(Ident),
    /// It may be left.
    WayOut,
    Assigned(Ident),
}

#[derive(Default)]
struct Reader {
    events: Vec<Event>,
    /// In a loop, all of which is done twice.
    in_loop: bool,
}

impl Reader {
    fn read(&mut self, code: TokenStream) {
        let tokens: Vec<TokenTree> = code.into_iter().collect();
        // What happens at the end of a statement, and where that started.
        let mut at_end = Vec::new();
        let mut start = (0, self.events.len());
        let mut heads_loop = false;
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    let is_block = group.delimiter() == Delimiter::Brace;
                    let is_loop = is_block && std::mem::take(&mut heads_loop);
                    let (since, around) = (self.events.len(), self.in_loop);
                    self.in_loop |= is_loop;
                    self.read(group.stream());
                    self.in_loop = around;
                    if is_loop && !around {
                        // What comes late in a loop comes before what is early in it, too.
                        self.events.extend_from_within(since..);
                    }
                    if is_block {
                        start = (at + 1, self.events.len());
                    }
                }
                TokenTree::Ident(word) => match word.to_string().as_str() {
                    "await" => self.events.push(Event::WayOut),
                    "yield" | "yield_" | "yield_from" | "return" | "break" => {
                        at_end.insert(0, Event::WayOut);
                    }
                    "loop" | "while" | "for" => heads_loop = true,
                    _ => {
                        let used = variable_at(&tokens, at).filter(|_| is_moved(&tokens, at));
                        self.events.extend(used.cloned().map(Event::Used));
                    }
                },
                TokenTree::Punct(punct) => match punct.as_char() {
                    '?' => self.events.push(Event::WayOut),
                    ';' | ',' => {
                        self.events.append(&mut at_end);
                        start = (at + 1, self.events.len());
                    }
                    '>' if is_punct(tokens.get(at.wrapping_sub(1)), '=') => {
                        start = (at + 1, self.events.len());
                    }
                    '=' if is_assignment(&tokens, at) => {
                        let target = &tokens[start.0..at];
                        if !is_punct(target.first(), '*') && !is_word(target.first(), "let") {
                            // It is not used, then.
                            let named = self.events.drain(start.1..);
                            at_end.extend(named.filter_map(|event| match event {
                                Event::Used(name) => Some(Event::Assigned(name)),
                                _ => None,
                            }));
                        }
                    }
                    _ => {}
                },
                TokenTree::Literal(_) => {}
            }
        }
        self.events.append(&mut at_end);
    }
}

/// Says whether more is done with a variable than to borrow it.
fn is_moved(tokens: &[TokenTree], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|before| tokens.get(before));
    let borrowed =
        is_punct(before(1), '&') || (is_word(before(1), "mut") && is_punct(before(2), '&'));
    !borrowed
}

fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(found)) if found == word)
}

/// Says whether an `=` is one that stands alone.
fn is_assignment(tokens: &[TokenTree], at: usize) -> bool {
    let is_joint = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(punct)) if punct.spacing() == Spacing::Joint);
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    !is_joint(tokens.get(at)) && !is_joint(before)
}

#[cfg(test)]
mod tests {
    use std::str::FromStr as _;

    use proc_macro2::TokenStream;

    use super::has_gap;

    fn gap(code: &str) -> bool {
        has_gap(TokenStream::from_str(code).expect("it is Rust"))
    }

    #[test]
    fn there_is_a_gap_where_code_is_left_with_a_variable_moved() {
        assert!(gap("yield_!(last); last = item;"));
        assert!(gap("yield last; last = item"));
        assert!(gap("if let Some(last) = last { yield_!(last) } last = Some(item);"));
        assert!(gap("if x { yield_!(buf); buf = Vec::new(); } else { buf.extend(item) }"));
        assert!(gap("state = match state { A(v) => { yield_!(v[0]); B(v) } other => other };"));
        assert!(gap("consume(last).await; last = item;"));
        assert!(gap("state = step(state, n)?;"));
        assert!(gap("yield_!(self.last); self.last = item;"));
        assert!(gap("let old = last; if done { break; } last = item;"));
        assert!(gap("(page, cursor) = next(cursor).await;"));
        assert!(gap("match x { A => state = step(state).await, B => {} }"));
        assert!(gap("loop { last = x; yield_!(last); }"));
        assert!(gap("for x in y { while z { last = x; yield_!(last); } f(); }"));
    }

    #[test]
    fn there_is_none_where_it_is_not() {
        assert!(!gap("let old = last; last = item; yield_!(old);"));
        assert!(!gap("page = fetch(&cursor).await?; cursor = page.next;"));
        assert!(!gap("self.page = fetch().await;"));
        assert!(!gap("yield_!(n); n += 1;"));
        assert!(!gap("look(&last).await; last = item;"));
        assert!(!gap("fill(&mut last).await; last = item;"));
        assert!(!gap("*last = step(*last).await;"));
        assert!(!gap("if n == last { yield_!(1); } let last = 2;"));
        assert!(!gap("last = item; yield_!(last);"));
    }
}
