//! Counts, and how they are printed.
//!
//! Input: what is right of what is marked and found, and mistakes one by one: each belongs to a group (what is wrong) and to a finer kind (`kinds`).
//! Output: figures; the commonest kinds over all stages; mistakes in words, group by group.

use std::{cmp::Reverse, collections::BTreeMap};

/// Counts by what is counted, in the order of the first count.
#[derive(Default)]
pub(super) struct Tally {
    rows: Vec<Row>,
    /// By group.
    errors: BTreeMap<String, Vec<String>>,
    /// How often each kind of mistake was made.
    kinds: BTreeMap<String, usize>,
}

#[derive(Default)]
struct Row {
    name: String,
    right: usize,
    marked: usize,
    /// None for shares of what is marked.
    found: Option<usize>,
}

impl Tally {
    fn row(&mut self, name: &str) -> &mut Row {
        if let Some(i) = self.rows.iter().position(|row| row.name == name) {
            return &mut self.rows[i];
        }
        self.rows.push(Row { name: name.to_owned(), ..Row::default() });
        self.rows.last_mut().expect("a row was pushed")
    }

    /// So many of those marked are right.
    pub(super) fn share(&mut self, name: &str, right: bool) {
        let row = self.row(name);
        row.marked += 1;
        row.right += usize::from(right);
    }

    /// So many are right of those marked and of those found.
    pub(super) fn both(&mut self, name: &str, right: usize, marked: usize, found: usize) {
        let row = self.row(name);
        row.right += right;
        row.marked += marked;
        *row.found.get_or_insert(0) += found;
    }

    /// A mistake: its group, its kind, and what it is in words.
    pub(super) fn error(&mut self, group: &str, kind: String, what: String) {
        self.errors.entry(group.to_owned()).or_default().push(what);
        *self.kinds.entry(kind).or_default() += 1;
    }

    /// The figures; then the commonest kinds of mistakes; then mistakes of each group, the commonest first.
    pub(super) fn print(&self, n_kinds: usize, n_errors: usize) {
        self.rows.iter().for_each(Row::print);
        if n_kinds > 0 {
            self.print_kinds(n_kinds);
        }
        if n_errors > 0 {
            self.print_errors(n_errors);
        }
    }

    fn print_kinds(&self, n: usize) {
        let mut kinds: Vec<(&String, &usize)> = self.kinds.iter().collect();
        kinds.sort_by_key(|&(_, count)| Reverse(*count));
        println!("\nmost frequent of {} kinds of error, {} errors", kinds.len(), self.kinds.values().sum::<usize>());
        kinds.iter().take(n).for_each(|(kind, count)| println!("{count:6}  {kind}"));
    }

    fn print_errors(&self, n: usize) {
        let mut groups: Vec<_> = self.errors.iter().collect();
        groups.sort_by_key(|(_, all)| Reverse(all.len()));
        for (group, all) in groups {
            println!("\n{group}: {}", all.len());
            all.iter().take(n).for_each(|what| println!("    {what}"));
        }
    }
}

impl Row {
    fn print(&self) {
        let ratio = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
        let Self { name, right, marked, .. } = self;
        let recall = ratio(*right, *marked);
        match self.found {
            None => println!("{name:44} {recall:.3}   ({right} of {marked})"),
            Some(found) => {
                let (f1, precision) = (ratio(2 * right, marked + found), ratio(*right, found));
                println!("{name:44} F1 {f1:.3}   P {precision:.3}  R {recall:.3}   ({right} of {marked} marked, {found} found)");
            }
        }
    }
}
