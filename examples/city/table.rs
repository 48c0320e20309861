//! Tables of plain text, aligned for every script by the width that a terminal gives each character.

use unicode_width::UnicodeWidthStr as _;

/// How wide a terminal is taken to be.
pub(crate) const WIDTH: usize = 100;

/// A column: its head, on which side its cells stand, and whether they may be broken between words.
#[derive(Clone, Copy)]
pub(crate) struct Column {
    head: &'static str,
    right: bool,
    breaks: bool,
}

/// A column of text.
pub(crate) const fn text(head: &'static str) -> Column {
    Column { head, right: false, breaks: false }
}

/// A column of names, which are broken between words where the table would be too wide.
pub(crate) const fn name(head: &'static str) -> Column {
    Column { head, right: false, breaks: true }
}

/// A column of figures.
pub(crate) const fn figure(head: &'static str) -> Column {
    Column { head, right: true, breaks: false }
}

/// The lines of a table: heads (broken between words where the cells are narrower), a rule, the rows.
pub(crate) fn lines<const N: usize>(columns: [Column; N], rows: &[[String; N]]) -> Vec<String> {
    let (widths, gap) = widths(columns, rows);
    let heads = columns.iter().zip(widths).map(|(column, width)| wrap(column.head, width)).collect();
    let mut lines = stacked(columns, widths, heads, gap, true);
    lines.push(widths.map(|width| "─".repeat(width)).join(gap));
    for row in rows {
        let cells = row.iter().zip(columns).zip(widths).map(|((cell, column), width)| {
            if column.breaks { wrap(cell, width) } else { vec![cell.clone()] }
        });
        lines.extend(stacked(columns, widths, cells.collect(), gap, false));
    }
    lines
}

/// Cells of several lines each, side by side; the short ones stand at the bottom, or at the top.
fn stacked<const N: usize>(
    columns: [Column; N],
    widths: [usize; N],
    cells: Vec<Vec<String>>,
    gap: &str,
    at_bottom: bool,
) -> Vec<String> {
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |row: usize| {
        let parts = cells.iter().zip(columns).zip(widths).map(|((cell, column), width)| {
            let above = if at_bottom { height.saturating_sub(cell.len()) } else { 0 };
            let part = row.checked_sub(above).and_then(|row| cell.get(row));
            pad(part.map_or("", String::as_str), width, column.right)
        });
        parts.collect::<Vec<_>>().join(gap).trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

/// As wide as the widest cell and the longest word of the head; where that is too much for a terminal, names are
/// broken, and the columns move together.
fn widths<const N: usize>(columns: [Column; N], rows: &[[String; N]]) -> ([usize; N], &'static str) {
    let longest_word = |text: &str| text.split(' ').map(|word| word.width()).max().unwrap_or(0);
    let heads = columns.map(|column| longest_word(column.head));
    let (mut widths, mut least) = (heads, heads);
    for row in rows {
        for ((width, least), cell) in widths.iter_mut().zip(&mut least).zip(row) {
            *width = (*width).max(cell.width());
            *least = (*least).max(longest_word(cell));
        }
    }
    let total = |widths: &[usize; N], gap: usize| widths.iter().sum::<usize>() + gap * N.saturating_sub(1);
    if total(&widths, 2) <= WIDTH {
        return (widths, "  ");
    }
    for (i, (column, least)) in columns.iter().zip(least).enumerate() {
        let over = total(&widths, 1).saturating_sub(WIDTH);
        if let Some(width) = widths.get_mut(i).filter(|_| column.breaks) {
            *width = width.saturating_sub(over).max(least);
        }
    }
    (widths, " ")
}

/// Filled up to a width.
pub(crate) fn pad(text: &str, width: usize, right: bool) -> String {
    let room = " ".repeat(width.saturating_sub(text.width()));
    if right { room + text } else { text.to_owned() + &room }
}

/// Broken between words into lines of at most so many characters (a longer word stands alone).
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}
