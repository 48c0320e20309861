//! The tree against the vectors of certificate transparency, and every proof against every other.

use super::tree::{climb, leaf};
use super::*;

/// The leaves and the roots of the first so many of them, as the test vectors of RFC 6962 logs have them.
const VECTORS: [(&[u8], &str); 8] = [
    (b"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
    (b"\x00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
    (b"\x10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
    (b"\x20\x21", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    (b"\x30\x31", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
    (b"\x40\x41\x42\x43", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
    (b"\x50\x51\x52\x53\x54\x55\x56\x57", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
    (
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ),
];

#[test]
fn the_roots_are_those_of_the_vectors() {
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(Tree::new(Vec::new()).root().to_string(), empty);
    let leaves = VECTORS.map(|(content, _)| leaf(content));
    for (at, (_, root)) in VECTORS.iter().enumerate() {
        assert_eq!(Tree::new(leaves[..=at].to_vec()).root().to_string(), *root);
    }
}

#[test]
fn a_path_leads_from_its_own_place_and_from_no_other() {
    let leaves: Vec<Sum> = (0..33_u8).map(|n| leaf(&[n])).collect();
    for size in 1..=33_usize {
        let tree = Tree::new(leaves[..size].to_vec());
        let root = tree.root();
        for index in 0..size {
            let path = tree.path(index);
            let lead = |index: usize, size: usize, path: &[Sum]| {
                climb(
                    leaves[index.min(32)],
                    u32::try_from(index).unwrap(),
                    u32::try_from(size).unwrap(),
                    path,
                )
            };
            assert_eq!(lead(index, size, &path), Some(root), "{index} of {size}");
            // Nobody else by the same path, no shorter and no longer path.
            for other in (0..size).filter(|other| *other != index) {
                assert_ne!(lead(other, size, &path), Some(root));
                let own =
                    climb(leaves[index], u32::try_from(other).unwrap(), u32::try_from(size).unwrap(), &path);
                assert_ne!(own, Some(root), "{index} as {other} of {size}");
            }
            assert_eq!(lead(index, size, &[path.clone(), vec![root]].concat()), None);
            assert!(path.is_empty() || lead(index, size, &path[..path.len() - 1]).is_none());
            assert_eq!(lead(size, size, &path), None, "behind the end");
        }
    }
}

#[test]
fn a_sum_is_its_digits() {
    let text = VECTORS[0].1;
    let sum: Sum = text.parse().unwrap();
    assert_eq!((sum.to_string(), format!("{sum:?}")), (text.to_owned(), text.to_owned()));
    assert_eq!(serde_json::from_value::<Sum>(serde_json::to_value(sum).unwrap()).unwrap(), sum);
    assert_eq!(text.to_uppercase().parse::<Sum>().unwrap(), sum);
    for wrong in ["", &text[1..], &format!("{text}0"), &text.replace('6', "g"), &text.replacen('6', "٦", 1)]
    {
        assert_eq!(wrong.parse::<Sum>().unwrap_err().expected(), "64 hexadecimal digits", "{wrong}");
    }
}
