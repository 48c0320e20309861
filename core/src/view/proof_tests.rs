//! Seals and proofs: every place is proved under its root, and no other.

use serde_json::{Value, json};

use crate::{ApplicationNumber, Moment, Policy, Proof, Register, Seal, Sum, verify_proof};

const NOW: &str = "2018-01-15T09:00:00+06:00";

fn town(children: u32) -> Register {
    let mut register = Register::new(Policy::named("akmola-2018").unwrap()).unwrap();
    for n in 0..children {
        let benefit = n.is_multiple_of(4).then_some("orphan");
        let submit = json!({"type": "submit", "applicant": format!("p:parent-{n}"), "benefit": benefit, "documents": 1,
            "child": {"iin": format!("p:child-{n}"), "born": format!("{}-05-02", 2013 + n % 3)}});
        register.apply_json(&submit, NOW).unwrap();
    }
    register
}

fn now() -> Moment {
    NOW.parse().unwrap()
}

fn proofs(register: &Register) -> Vec<Proof> {
    let view = register.at(now()).unwrap();
    view.positions().into_iter().map(|row| view.proof(row.application).unwrap()).collect()
}

#[test]
fn every_place_is_proved_and_no_other() {
    for children in [1, 2, 3, 10, 23] {
        let register = town(children);
        let view = register.at(now()).unwrap();
        let root = view.seal().root;
        assert_eq!(view.seal().of, children);
        for proof in proofs(&register) {
            assert!(verify_proof(&proof, &root));
            let position = view.position(&proof.application).unwrap();
            assert_eq!(proof.number, position.in_group_year);
            let whole = serde_json::to_value(&proof).unwrap();
            assert_eq!(read(&whole), proof);
            for (field, value) in whole.as_object().unwrap() {
                for other in touched(value) {
                    let mut changed = whole.clone();
                    changed[field] = other;
                    assert!(!verify_proof(&read(&changed), &root), "{field} of {children}");
                }
            }
        }
    }
}

/// The value, changed a little in each way.
fn touched(value: &Value) -> Vec<Value> {
    match value {
        Value::Number(number) => {
            let number = number.as_u64().unwrap();
            [number.checked_sub(1), Some(number + 1), Some(u64::from(u16::MAX))]
                .into_iter()
                .flatten()
                .map(Value::from)
                .collect()
        }
        Value::String(text) => vec![json!(text.replacen(['0', '1', '2', '3'], "4", 1))],
        Value::Array(sums) => {
            let zero = json!(Sum::NOTHING.to_string());
            let mut changed = vec![json!([sums.as_slice(), std::slice::from_ref(&zero)].concat())];
            for at in 0..sums.len() {
                let mut other = sums.clone();
                other[at] = zero.clone();
                changed.push(json!(other));
                let mut less = sums.clone();
                less.remove(at);
                changed.push(json!(less));
            }
            changed
        }
        Value::Null | Value::Bool(_) | Value::Object(_) => Vec::new(),
    }
}

fn read(value: &Value) -> Proof {
    Proof::from_json(value.clone()).unwrap()
}

#[test]
fn a_root_is_that_of_one_order() {
    let mut register = town(9);
    let before = register.at(now()).unwrap().seal();
    assert_eq!(before, town(9).at(now()).unwrap().seal(), "the same queue, the same seal");
    let old = proofs(&register);
    // Somebody leaves.
    register.apply_json(&json!({"type": "withdraw", "application": "UO.2018.000004.1"}), NOW).unwrap();
    let after = register.at(now()).unwrap().seal();
    assert_ne!(before.root, after.root);
    assert!(old.iter().all(|proof| !verify_proof(proof, &after.root)));
    assert!(proofs(&register).iter().all(|proof| verify_proof(proof, &after.root)));
    let written = serde_json::to_value(&after).unwrap();
    assert_eq!(Seal::from_json(written.clone()).unwrap(), after);
    assert_eq!(written["chain"], Value::Null);
}

#[test]
fn who_stands_in_no_line_has_no_proof() {
    let mut register = town(2);
    register.apply_json(&json!({"type": "withdraw", "application": "UO.2018.000001.1"}), NOW).unwrap();
    let view = register.at(now()).unwrap();
    let proof = |number: &str| view.proof(&number.parse::<ApplicationNumber>().unwrap());
    for number in ["UO.2018.000001.1", "UO.2018.000009.1"] {
        assert_eq!(proof(number).unwrap_err().code().as_str(), "not_found");
    }
    assert!(verify_proof(&proof("UO.2018.000002.1").unwrap(), &view.seal().root));
    let nobody = town(0);
    let seal = json!({"revision": 1, "of": 0, "chain": null, "at": "2018-01-15T03:00:00Z",
        "root": crate::proof::root(0, Sum::of(&[])).to_string()});
    assert_eq!(serde_json::to_value(nobody.at(now()).unwrap().seal()).unwrap(), seal);
}

/// The sums of others tell nothing that can be tried out: the same number has another sum in another family.
#[test]
fn sums_are_blind() {
    let proof = |parent: &str| {
        let mut register = Register::new(Policy::named("akmola-2018").unwrap()).unwrap();
        for (who, child) in [(parent, "p:one"), ("p:other", "p:two")] {
            let submit =
                json!({"type": "submit", "applicant": who, "child": {"iin": child, "born": "2015-05-02"}});
            register.apply_json(&submit, NOW).unwrap();
        }
        register.at(now()).unwrap().proof(&"UO.2018.000002.1".parse().unwrap()).unwrap()
    };
    let (one, other) = (proof("p:first"), proof("p:second"));
    assert_eq!(one.blind, other.blind);
    assert_ne!(one.path, other.path);
}

#[test]
fn no_proof_names_what_is_wrong() {
    let good = serde_json::to_value(&proofs(&town(5))[4]).unwrap();
    for (field, wrong, path) in [
        ("path", json!(["00"]), "path[0]"),
        ("number", json!(-1), "number"),
        ("blind", json!(null), "blind"),
        ("other", json!(1), "other"),
    ] {
        let mut proof = good.clone();
        proof[field] = wrong;
        assert_eq!(Proof::from_json(proof).unwrap_err().path(), path);
    }
    assert_eq!(Proof::from_json(json!([])).unwrap_err().code().as_str(), "malformed");
    assert_eq!(Seal::from_json(json!({"revision": 1})).unwrap_err().path(), "at");
}
