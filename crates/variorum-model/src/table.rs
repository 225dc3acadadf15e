//! The plain tables of `knowledge/`: tab-separated, comments first, one header row, `|` between several values of a cell.
//!
//! ```
//! use variorum_model::table::Table;
//! let table = Table::parse("# what a row is\nname\taliases\nReuters\tThomson Reuters|RTR\n").unwrap();
//! let row = table.rows().next().unwrap();
//! assert_eq!(row.get("name"), "Reuters");
//! assert_eq!(row.list("aliases").collect::<Vec<_>>(), ["Thomson Reuters", "RTR"]);
//! ```

use thiserror::Error;

/// A parsed table, borrowing its text.
#[derive(Clone, Debug)]
pub struct Table<'t> {
    columns: Vec<&'t str>,
    rows: Vec<(usize, Vec<&'t str>)>,
}

/// Why a text is not a table.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TableError {
    /// No line but comments.
    #[error("the table has no header row")]
    NoHeader,
    /// A row has more or fewer cells than the header.
    #[error("line {line} has {found} cells, the header has {expected}")]
    Ragged {
        /// From 1.
        line: usize,
        /// Cells in the row.
        found: usize,
        /// Cells in the header.
        expected: usize,
    },
}

impl<'t> Table<'t> {
    /// Reads a whole table; empty lines and lines that begin with `#` are skipped.
    pub fn parse(text: &'t str) -> Result<Self, TableError> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let columns: Vec<&str> = lines.next().ok_or(TableError::NoHeader)?.1.split('\t').map(str::trim).collect();
        let mut rows = Vec::new();
        for (i, line) in lines {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            if cells.len() != columns.len() {
                return Err(TableError::Ragged { line: i + 1, found: cells.len(), expected: columns.len() });
            }
            rows.push((i + 1, cells));
        }
        Ok(Self { columns, rows })
    }

    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_, 't>> {
        self.rows.iter().map(|(line, cells)| Row { columns: &self.columns, cells, line: *line })
    }
}

/// One row.
#[derive(Copy, Clone, Debug)]
pub struct Row<'a, 't> {
    columns: &'a [&'t str],
    cells: &'a [&'t str],
    /// Line number in the file, from 1.
    pub line: usize,
}

impl<'t> Row<'_, 't> {
    /// The cell of a column, possibly empty. Panics when the table has no such column: tables ship with the program.
    pub fn get(&self, column: &str) -> &'t str {
        let i = self.columns.iter().position(|&name| name == column);
        self.cells[i.unwrap_or_else(|| panic!("table has no column {column:?}, it has {:?}", self.columns))]
    }

    /// The cell, unless empty.
    pub fn opt(&self, column: &str) -> Option<&'t str> {
        Some(self.get(column)).filter(|cell| !cell.is_empty())
    }

    /// The values of a cell.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split('|').map(str::trim).filter(|value| !value.is_empty())
    }
}
