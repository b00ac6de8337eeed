//! The command `maillage`.

fn main() {}
