//! A chained journal and the proofs of places, over random stories.

use kezek::{Event, Opening, Register, verify, verify_proof};
use proptest::prelude::*;

use crate::support::cases;
use crate::support::checks::rested;
use crate::support::garbage::{spoil, values};
use crate::support::play::Luck;
use crate::support::story::stories;
use serde_json::Value;

proptest! {
    #![proptest_config(cases(16))]

    // A chain changes nothing else, and holds through everything; whatever is done to a journal that can still be read,
    // it is another journal or none.
    #[test]
    fn a_chain_holds_and_names_what_was_touched(story in stories(), garbage in values(), luck in any::<u64>()) {
        let tale = story.tell();
        let mut chained = Opening::new(story.town.policy()).chained().open().expect("a register");
        tale.told.iter().for_each(|told| drop(told.tell(&mut chained)));
        prop_assert_eq!(chained.digest(), tale.register.digest());
        let link = verify(chained.events());
        prop_assert_eq!(link.as_ref().ok(), chained.chain());
        let replayed = Register::replay(chained.events().to_vec()).expect("a journal");
        prop_assert_eq!(replayed.chain(), chained.chain());

        let whole: Vec<Value> = chained.events().iter().map(|event| chained.write(event)).collect();
        let mut luck = Luck(luck);
        let n = luck.pick(whole.len());
        let mut touched = whole.clone();
        touched[n] = spoil(&whole[n], &mut luck, &garbage);
        let events: Result<Vec<Event>, _> = touched.into_iter().map(Event::from_json).collect();
        if let Ok(events) = events {
            // (What nobody reads may be added: the event is the same.)
            let same = events[n] == *chained.events()[n];
            match verify(&events) {
                Ok(other) => prop_assert!(same && Some(&other) == chained.chain()),
                Err(error) => {
                    prop_assert!(!same);
                    prop_assert_eq!(error.path(), format!("[{n}]"));
                    prop_assert!(Register::replay(events).is_err());
                }
            }
        }
    }

    // Everybody who stands in a line can prove the number there, and nobody another one.
    #[test]
    fn every_place_has_its_proof(story in stories()) {
        let tale = story.tell();
        if let Some(view) = rested(&tale.register) {
            let prover = view.prover();
            let seal = prover.seal();
            prop_assert_eq!(&seal, &view.seal());
            let mut proved = 0;
            for row in view.positions() {
                let Ok(proof) = prover.proof(row.application) else {
                    prop_assert_eq!(row.position.in_group_year, 0);
                    continue;
                };
                prop_assert_eq!((proof.group_year, proof.number), (row.group_year, row.position.in_group_year));
                prop_assert!(verify_proof(&proof, &seal.root));
                let mut better = proof.clone();
                better.number -= 1;
                prop_assert!(!verify_proof(&better, &seal.root));
                proved += 1;
            }
            prop_assert_eq!(proved, seal.of);
        }
    }
}
