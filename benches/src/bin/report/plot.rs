//! Draws.

use std::fmt::Write as _;

use crate::{contenders::CONTENDERS, gather::Figures};

/// Counting, as a bar for each contender.
pub(crate) fn draw(figures: &Figures, mode: &str) -> String {
    let rows: Vec<_> = CONTENDERS
        .iter()
        .filter_map(|contender| {
            let instructions = figures.instructions(contender.name, "count", mode)?;
            Some((contender.title.replace('`', ""), instructions))
        })
        .collect();
    let most = rows.iter().map(|row| row.1).fold(1.0, f64::max);
    let height = 24 * rows.len() + 40;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"{height}\" font-family=\"sans-serif\" \
         font-size=\"13\">\n<rect width=\"640\" height=\"{height}\" fill=\"white\"/>\n\
         <text x=\"8\" y=\"20\">instructions per item, counting, {mode}</text>\n"
    );
    for (row, (name, instructions)) in rows.iter().enumerate() {
        let y = 24 * row + 36;
        let width = instructions / most * 400.0;
        let colour = if row == 0 { "#c2410c" } else { "#64748b" };
        writeln!(
            svg,
            "<text x=\"150\" y=\"{}\" text-anchor=\"end\">{name}</text>\n\
             <rect x=\"158\" y=\"{y}\" width=\"{width:.1}\" height=\"16\" fill=\"{colour}\"/>\n\
             <text x=\"{:.1}\" y=\"{}\">{instructions:.1}</text>",
            y + 13,
            width + 164.0,
            y + 13
        )
        .expect("a string takes all");
    }
    svg + "</svg>\n"
}
