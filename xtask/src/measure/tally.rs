//! Counts, and how they are printed.

use std::collections::BTreeMap;

/// Counts by what is counted, in the order of the first count.
#[derive(Default)]
pub(super) struct Tally {
    rows: Vec<Row>,
    errors: BTreeMap<String, Vec<String>>,
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

    /// A mistake of a kind, in words.
    pub(super) fn error(&mut self, kind: &str, what: String) {
        self.errors.entry(kind.to_owned()).or_default().push(what);
    }

    /// The figures; then the kinds of mistakes, the commonest first, with some of each.
    pub(super) fn print(&self, n_errors: usize) {
        let ratio = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
        for row in &self.rows {
            match row.found {
                None => println!("{:44} {:.3}   ({} of {})", row.name, ratio(row.right, row.marked), row.right, row.marked),
                Some(found) => {
                    let f1 = ratio(2 * row.right, row.marked + found);
                    let (precision, recall) = (ratio(row.right, found), ratio(row.right, row.marked));
                    println!(
                        "{:44} F1 {f1:.3}   P {precision:.3}  R {recall:.3}   ({} of {} marked, {found} found)",
                        row.name, row.right, row.marked
                    );
                }
            }
        }
        let mut kinds: Vec<_> = self.errors.iter().filter(|_| n_errors > 0).collect();
        kinds.sort_by_key(|(_, all)| std::cmp::Reverse(all.len()));
        for (kind, all) in kinds {
            println!("\n{kind}: {}", all.len());
            all.iter().take(n_errors).for_each(|what| println!("    {what}"));
        }
    }
}
