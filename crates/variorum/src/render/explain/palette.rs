//! In which colours? Escape sequences, stripped where there is no terminal; none of them carries meaning alone.

use anstyle::{AnsiColor, Color, Style};

pub(super) const HEADING: Style = coloured(AnsiColor::Cyan).bold();
pub(super) const BOLD: Style = Style::new().bold();
pub(super) const FAINT: Style = Style::new().dimmed();
pub(super) const SOURCE: Style = coloured(AnsiColor::Cyan);
pub(super) const CUE: Style = coloured(AnsiColor::Yellow).bold();
pub(super) const CONTENT: Style = coloured(AnsiColor::Green);
pub(super) const DISTANCE: Style = coloured(AnsiColor::Magenta);
pub(super) const TIME: Style = coloured(AnsiColor::Blue);

const fn coloured(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(Color::Ansi(colour)))
}
