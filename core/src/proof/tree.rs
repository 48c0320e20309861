//! A Merkle tree as RFC 9162 (2.1) has it: the tree that stands behind the logs of the web's certificates.

use super::Sum;

/// The sum of what stands at the bottom. It and [`node`] begin differently, so that neither can be taken for the other.
pub(super) fn leaf(content: &[u8]) -> Sum {
    Sum::of(&[&[0], content])
}

fn node(left: Sum, right: Sum) -> Sum {
    Sum::of(&[&[1], left.bytes(), right.bytes()])
}

/// Sums in pairs, level by level; whoever has no neighbour goes up alone. (That is the tree of the RFC, whose left part is the
/// largest power of two.)
#[derive(Clone, Debug)]
pub(crate) struct Tree(Vec<Vec<Sum>>);

impl Tree {
    pub(crate) fn new(leaves: Vec<Sum>) -> Tree {
        let mut levels = vec![leaves];
        while let Some(last) = levels.last().filter(|last| last.len() > 1) {
            let next = last.chunks(2).filter_map(|pair| match pair {
                [left, right] => Some(node(*left, *right)),
                [alone] => Some(*alone),
                _ => None,
            });
            let next = next.collect();
            levels.push(next);
        }
        Tree(levels)
    }

    /// How many leaves there are.
    pub(crate) fn size(&self) -> u32 {
        self.0.first().and_then(|leaves| u32::try_from(leaves.len()).ok()).unwrap_or(u32::MAX)
    }

    /// The sum at the top; of nothing, that of no bytes.
    pub(crate) fn root(&self) -> Sum {
        self.0.last().and_then(|top| top.first()).copied().unwrap_or_else(|| Sum::of(&[]))
    }

    /// The sums beside the way from a leaf to the top, the lowest first.
    pub(crate) fn path(&self, index: usize) -> Vec<Sum> {
        let beside = |(level, sums): (u32, &Vec<Sum>)| sums.get(index.checked_shr(level)? ^ 1).copied();
        (0..).zip(&self.0).filter_map(beside).collect()
    }
}

/// The top that a leaf and its path lead to (RFC 9162, 2.1.3.2); none where the path is not of that index and size.
pub(super) fn climb(leaf: Sum, index: u32, size: u32, path: &[Sum]) -> Option<Sum> {
    let mut last = size.checked_sub(1).filter(|last| index <= *last)?;
    let (mut index, mut top) = (index, leaf);
    for beside in path {
        if last == 0 {
            return None;
        }
        if index & 1 == 1 || index == last {
            top = node(*beside, top);
            while index & 1 == 0 && index != 0 {
                index >>= 1;
                last >>= 1;
            }
        } else {
            top = node(top, *beside);
        }
        index >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(top)
}
