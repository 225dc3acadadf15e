//! What does a case expect of a stage, and did it come out?
//!
//! Input: the lines of an `expect` block, and the lines of what came out. Output: complaints in words, or the block as it would be today.
//! A corpus reads single lines with [`Expected`] and counts for itself.

use variorum::lines::{Line, Value};

/// Fields that are left out where a block is filled in for the first time: right or wrong, they are seldom the point.
const SELDOM: &[&str] = &["rule", "roles", "classes", "dates", "lemma", "at", "aliases", "known", "language", "gender", "polarity"];
/// Quotations longer than this are written with their middle cut.
const LONG: usize = 90;

/// The lines of one `expect` block.
pub struct Block {
    expected: Vec<Expected>,
    /// Whether other records may come beside.
    open: bool,
    known_wrong: Option<String>,
    /// Lines that are kept as they are: remarks, `known-wrong`.
    remarks: Vec<String>,
}

/// One line: a record that should be there, or with `no` should not.
pub struct Expected {
    /// As written.
    pub raw: String,
    /// `no …`
    absent: bool,
    /// Names and values, in order.
    pub fields: Vec<(String, Vec<Value>)>,
}

impl Block {
    /// Reads a block.
    pub fn parse(body: &str) -> Result<Self, String> {
        let mut block = Self { expected: Vec::new(), open: false, known_wrong: None, remarks: Vec::new() };
        for line in body.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if line == "…" || line == "..." {
                block.open = true;
            } else if let Some(reason) = line.strip_prefix("known-wrong:") {
                block.known_wrong = Some(reason.trim().into());
                block.remarks.push(line.into());
            } else if line.starts_with('#') {
                block.remarks.push(line.into());
            } else if line != "nothing" {
                block.expected.push(Expected::parse(line)?);
            }
        }
        // A block of prohibitions alone allows everything else.
        block.open |= !block.expected.is_empty() && block.expected.iter().all(|line| line.absent);
        Ok(block)
    }

    /// What is wrong, in words.
    pub fn compare(&self, found: &[Line]) -> Result<(), String> {
        let taken = assign(&self.expected, found);
        let used = taken_indices(&self.expected, &taken);
        let mut wrong = String::new();
        for (line, taken) in self.expected.iter().zip(&taken) {
            let complaint = match (line.absent, taken) {
                (true, Some(i)) => Some(format!("    - {}\n    + {}\n", line.raw, found[*i])),
                (false, None) => Some(line.missed(found, &used)),
                _ => None,
            };
            wrong.extend(complaint);
        }
        if !self.open {
            let spare = found.iter().enumerate().filter(|(i, _)| !used.contains(i));
            wrong.extend(spare.map(|(_, line)| format!("    + {}    (not expected)\n", short(line))));
        }
        if wrong.is_empty() {
            return Ok(());
        }
        let known = self.known_wrong.as_ref().map(|reason| {
            format!(
                "    The answer was known to be wrong ({reason}). If it is right now, take `known-wrong` away; then `cargo xtask bless`.\n"
            )
        });
        Err(wrong + &known.unwrap_or_default())
    }

    /// The block with today's answers, in the fields its author chose.
    pub fn blessed(&self, found: &[Line]) -> String {
        let mut out: String = self.remarks.iter().map(|line| format!("{line}\n")).collect();
        let fields: Vec<&str> = self.expected.iter().flat_map(|line| line.fields.iter().map(|(name, _)| name.as_str())).collect();
        let taken = assign(&self.expected, found);
        let used = taken_indices(&self.expected, &taken);
        if self.open {
            for (line, taken) in self.expected.iter().zip(&taken) {
                match (line.absent, taken) {
                    (false, None) => out.extend(line.nearest(found, &used).map(|i| written(&found[i], &fields))),
                    _ => out.push_str(&format!("{}\n", line.raw)),
                }
            }
            if !self.expected.iter().all(|line| line.absent) {
                out.push_str("…\n");
            }
            return out;
        }
        for (i, record) in found.iter().enumerate() {
            match taken.iter().position(|taken| *taken == Some(i)) {
                Some(line) => out.push_str(&format!("{}\n", self.expected[line].raw)),
                None => out.push_str(&written(record, &fields)),
            }
        }
        if found.is_empty() { out + "nothing\n" } else { out }
    }
}

/// The records that a line stands for.
fn taken_indices(expected: &[Expected], taken: &[Option<usize>]) -> Vec<usize> {
    expected.iter().zip(taken).filter(|(line, _)| !line.absent).filter_map(|(_, taken)| *taken).collect()
}

/// The record each line stands for: as many lines as possible get one, no record twice. Maximum matching by augmenting paths (Kuhn 1955); both
/// sides are few. A line that forbids takes any record that fits.
fn assign(expected: &[Expected], found: &[Line]) -> Vec<Option<usize>> {
    let mut owner: Vec<Option<usize>> = vec![None; found.len()];
    for (i, _) in expected.iter().enumerate().filter(|(_, line)| !line.absent) {
        augment(i, expected, found, &mut owner, &mut vec![false; found.len()]);
    }
    let mut taken = vec![None; expected.len()];
    for (record, line) in owner.iter().enumerate() {
        if let Some(line) = line {
            taken[*line] = Some(record);
        }
    }
    for (line, taken) in expected.iter().zip(&mut taken).filter(|(line, _)| line.absent) {
        *taken = found.iter().position(|record| line.fits(record));
    }
    taken
}

fn augment(line: usize, expected: &[Expected], found: &[Line], owner: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for record in 0..found.len() {
        if seen[record] || !expected[line].fits(&found[record]) {
            continue;
        }
        seen[record] = true;
        let free = owner[record].is_none_or(|other| augment(other, expected, found, owner, seen));
        if free {
            owner[record] = Some(line);
            return true;
        }
    }
    false
}

// --- one line -----------------------------------------------------------------------------------------------------------

impl Expected {
    /// Reads a line.
    pub fn parse(line: &str) -> Result<Self, String> {
        let (absent, rest) = line.strip_prefix("no ").map_or((false, line), |rest| (true, rest));
        let fields =
            split(rest, &[" | "]).into_iter().map(field).collect::<Result<_, _>>().map_err(|problem| format!("{problem} in: {line}"))?;
        Ok(Self { raw: line.into(), absent, fields })
    }

    /// The values of a field; none where the line does not give it.
    pub fn values(&self, name: &str) -> Option<&[Value]> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, values)| values.as_slice())
    }

    fn fits(&self, record: &Line) -> bool {
        self.fields.iter().all(|(name, values)| record.field(name).is_some_and(|field| same(values, &field.values)))
    }

    /// The free record most of whose fields fit, the first field counting most.
    fn nearest(&self, found: &[Line], used: &[usize]) -> Option<usize> {
        let fit = |record: &Line| {
            let fits = |(name, values): &(String, Vec<Value>)| record.field(name).is_some_and(|field| same(values, &field.values));
            self.fields.iter().enumerate().filter(|(_, field)| fits(field)).map(|(i, _)| if i == 0 { 3 } else { 2 }).sum::<usize>()
        };
        let free = found.iter().enumerate().filter(|(i, _)| !used.contains(i));
        free.map(|(i, record)| (fit(record), i))
            .filter(|(fit, _)| *fit > 0)
            .max_by_key(|(fit, i)| (*fit, std::cmp::Reverse(*i)))
            .map(|(_, i)| i)
    }

    fn missed(&self, found: &[Line], used: &[usize]) -> String {
        let mut out = format!("    - {}\n", self.raw);
        let Some(record) = self.nearest(found, used).map(|i| &found[i]) else {
            return out + "      nothing like it was found\n";
        };
        for (name, values) in &self.fields {
            match record.field(name) {
                None => {
                    let known: Vec<&str> = record.fields.iter().map(|field| field.name.as_str()).collect();
                    out.push_str(&format!("      there is no field {name:?}; fields are {}\n", known.join(" ")));
                }
                Some(field) if !same(values, &field.values) => out.push_str(&format!("      instead: {field}\n")),
                Some(_) => {}
            }
        }
        out
    }
}

fn field(text: &str) -> Result<(String, Vec<Value>), String> {
    let text = text.trim();
    let (name, rest) = text.split_once(' ').ok_or_else(|| format!("the field {text:?} has no value"))?;
    let values = match rest.trim() {
        "none" => Vec::new(),
        rest => split(rest, &[" + ", " ← "]).into_iter().map(value).collect::<Result<_, _>>()?,
    };
    Ok((name.into(), values))
}

fn value(text: &str) -> Result<Value, String> {
    let text = text.trim();
    let Some(rest) = text.strip_prefix('"') else { return Ok(Value::Word(text.into())) };
    let mut escaped = false;
    for (i, c) in rest.char_indices() {
        match c {
            '"' if !escaped => return quotation(&rest[..i], &rest[i + 1..]),
            '\\' if !escaped => escaped = true,
            _ => escaped = false,
        }
    }
    Err(format!("the quotation mark is not closed: {text}"))
}

/// The words between the marks, and `#n` after them.
fn quotation(words: &str, after: &str) -> Result<Value, String> {
    let nth = match after.strip_prefix('#') {
        None if after.is_empty() => 1,
        Some(n) => n.parse().map_err(|_| format!("#{n} is no number"))?,
        None => return Err(format!("{after:?} after a quotation (marks inside are written \\\")")),
    };
    let words = words.replace("\\\"", "\"").replace("\\|", "|").replace("\\\\", "\\");
    Ok(Value::Quote(words.split_whitespace().collect::<Vec<_>>().join(" "), nth))
}

/// Cuts at separators outside of quotation marks.
fn split<'t>(text: &'t str, separators: &[&str]) -> Vec<&'t str> {
    let (mut parts, mut from, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (i, c) in text.char_indices() {
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = c == '\\' && !escaped;
        if let Some(separator) = separators.iter().find(|separator| !quoted && i >= from && text[i..].starts_with(**separator)) {
            parts.push(&text[from..i]);
            from = i + separator.len();
        }
    }
    parts.push(&text[from..]);
    parts
}

// --- values -------------------------------------------------------------------------------------------------------------

fn same(expected: &[Value], found: &[Value]) -> bool {
    expected.len() == found.len() && expected.iter().zip(found).all(|(a, b)| fits(a, b))
}

fn fits(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::Quote(a, n), Value::Quote(b, m)) => n == m && (a == b || fits_cut(a, b)),
        (Value::Word(a), Value::Quote(b, 1)) | (Value::Quote(a, 1), Value::Word(b)) | (Value::Word(a), Value::Word(b)) => a == b,
        _ => false,
    }
}

/// "Forty … service" fits what begins and ends so.
fn fits_cut(expected: &str, found: &str) -> bool {
    let mut parts = expected.split('…').map(str::trim);
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = found.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return false };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// A record as a case would have it, in these fields; in its usual ones where none are asked for.
fn written(record: &Line, fields: &[&str]) -> String {
    let usual = |name: &str, has_value: bool| has_value && !SELDOM.contains(&name);
    let wanted = |name: &str, has_value: bool| if fields.is_empty() { usual(name, has_value) } else { fields.contains(&name) };
    let kept = record.fields.iter().enumerate().filter(|(i, field)| *i == 0 || wanted(&field.name, !field.values.is_empty()));
    let mut line = record.clone();
    line.fields = kept.map(|(_, field)| field.clone()).collect();
    for value in line.fields.iter_mut().flat_map(|field| &mut field.values) {
        if let Value::Quote(words, _) = value {
            *words = cut(words);
        }
    }
    format!("{line}\n")
}

/// A long quotation by its first and last words.
fn cut(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    if text.chars().count() <= LONG || words.len() < 10 {
        return text.into();
    }
    format!("{} … {}", words[..5].join(" "), words[words.len() - 3..].join(" "))
}

fn short(record: &Line) -> String {
    written(record, &[]).trim_end().into()
}
