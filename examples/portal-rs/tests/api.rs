//! The API: an application's life by it, who may what, and what is wrong with what.

#![cfg(test)]

mod support;

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use support::{Place, publish, submit};

const NUMBER: &str = "UO.2018.000001.1";

/// The names of events.
fn names(events: &Value) -> Vec<&str> {
    events.as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap()).collect()
}

/// What is said on a stream: (id, data) of the next event.
async fn hear(
    stream: &mut (impl futures_util::Stream<Item = reqwest::Result<axum::body::Bytes>> + Unpin),
) -> (u64, Value) {
    let mut text = String::new();
    let heard = async {
        while let Some(Ok(bytes)) = stream.next().await {
            text.push_str(std::str::from_utf8(&bytes).unwrap());
            if text.contains("\n\n") && text.contains("data:") {
                break;
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), heard).await.expect("nothing is said");
    let line = |name: &str| {
        text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned()
    };
    assert_eq!(line("event:"), "changed", "{text}");
    (line("id:").parse().unwrap(), serde_json::from_str(&line("data:")).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_life_of_an_application() {
    let place = Place::new();
    let portal = place.start(&[]);
    let door = &portal.door;
    let done = door.done("parent-1", "1", submit(1, "p:child-1")).await;
    assert_eq!(names(&done["events"]), ["registered"]);
    assert_eq!(done["dossier"]["card"]["application"]["stage"], "queued");
    assert_eq!(done["dossier"]["documents"].as_array().unwrap().len(), 3);

    // The family's page listens; then the turn comes.
    let client = reqwest::Client::new();
    let listen = |last: Option<&'static str>| {
        let request = client
            .get(door.town(&format!("applications/{NUMBER}/events")))
            .header("Authorization", "Bearer parent-1");
        last.map_or(request.try_clone().unwrap(), |last| request.header("Last-Event-ID", last)).send()
    };
    let mut stream = listen(None).await.unwrap().bytes_stream();
    let published = door.done("staff", "2", publish(2)).await;
    // Staff do not read who was called: nobody has a referral to them yet.
    assert_eq!(names(&published["events"]), ["vacancy_published"]);
    let (id, data) = hear(&mut stream).await;
    assert_eq!((id, names(&data["events"])), (4, vec!["turn_came"]));

    // Somebody else's application only makes the card old.
    door.done("parent-2", "3", submit(2, "p:child-2")).await;
    let (id, data) = hear(&mut stream).await;
    assert!(id > 4 && names(&data["events"]).is_empty(), "{data}");
    // Whoever was away hears what he missed.
    let (_, data) = hear(&mut listen(Some("1")).await.unwrap().bytes_stream()).await;
    assert_eq!(names(&data["events"]), ["registered", "turn_came"]);

    let choose = json!({ "type": "choose", "application": NUMBER, "vacancy": 1, "signature": "signed" });
    let checked = door.post(Some("parent-1"), &door.town("checks"), &[], &choose).await;
    assert_eq!((checked.status, checked.body), (200, json!({ "denials": [] })));
    let chosen = door.done("parent-1", "4", choose).await;
    assert_eq!(chosen["dossier"]["card"]["application"]["stage"], "referred");
    let referral = chosen["dossier"]["card"]["application"]["referral"].as_str().unwrap().to_owned();

    // The kindergarten sees it, another one does not.
    let theirs = door.get(Some("staff"), &door.town("applications"), &[]).await;
    assert_eq!(theirs.body[0]["card"]["application"]["application"], NUMBER);
    let elsewhere = door.get(Some("elsewhere"), &door.town("applications"), &[]).await;
    assert_eq!(elsewhere.body, json!([]));
    let card = door.ask("staff", json!({ "view": "referral", "referral": referral })).await;
    assert_eq!(card.body["child"], "p:child-1");
    assert_eq!(door.ask("elsewhere", json!({ "view": "referral", "referral": referral })).await.status, 403);

    let denied = door
        .command("elsewhere", "5", &json!({ "type": "accept", "referral": referral, "signature": "signed" }))
        .await
        .unwrap();
    assert_eq!((denied.status, &denied.body["denials"][0]["code"]), (409, &json!("not_yours")));
    assert_eq!(denied.body["dossier"], Value::Null);
    let accepted = door
        .done("staff", "6", json!({ "type": "accept", "referral": referral, "signature": "signed" }))
        .await;
    assert_eq!(accepted["dossier"]["card"]["application"]["stage"], "enrolled");
    let enrolled = door.ask("staff", json!({ "view": "enrolled", "kindergarten": "bobek" })).await;
    assert_eq!(enrolled.body[0]["child"], "p:child-1");
    assert_eq!(door.ask("staff", json!({ "view": "enrolled", "kindergarten": "altyn" })).await.status, 403);

    // What everybody may read.
    let numbers = door.get(None, &door.town("applications/UO.2018.000002.1/position"), &[]).await;
    assert_eq!(numbers.body["number"], 1, "{}", numbers.body);
    let queue = door.get(None, &door.town("queue?group_year=2015&limit=10"), &[]).await;
    assert_eq!((queue.status, queue.body.as_array().unwrap().len()), (200, 1));
    let vacancies = door.get(None, &door.town("vacancies?kindergarten=bobek"), &[]).await;
    assert_eq!(vacancies.body[0]["filled"], 1);
    let policy = door.get(None, &door.town("policy"), &[]).await;
    assert_eq!(policy.body["choice_window"], json!({ "working_days": 3 }));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_what() {
    let place = Place::new();
    let portal = place.start(&[]);
    let door = &portal.door;
    door.done("parent-1", "1", submit(1, "p:child-1")).await;
    let own = door.town(&format!("applications/{NUMBER}"));
    for (token, status) in [
        (Some("parent-1"), 200),
        (Some("department"), 200),
        (Some("operator"), 200),
        (Some("parent-2"), 403),
        (Some("staff"), 403),
        (Some("nobody"), 401),
        (None, 401),
    ] {
        let answer = door.get(token, &own, &[]).await;
        assert_eq!(answer.status, status, "{token:?}: {}", answer.body);
        assert_eq!(
            door.get(token, &format!("{own}/events"), &[("Last-Event-ID", "x")]).await.status,
            if status == 200 { 400 } else { status }
        );
    }
    // An unknown token is refused where none is needed, too.
    assert_eq!(door.get(Some("nobody"), &door.town("vacancies"), &[]).await.status, 401);
    let me = door.get(Some("staff"), &format!("{}/api/v1/me", door.url), &[]).await;
    assert_eq!(
        me.body,
        json!({ "role": "staff", "kindergartens": ["bobek"], "settlements": ["town", "village"] })
    );

    for (token, question, status) in [
        ("parent-1", json!({ "view": "application", "application": NUMBER }), 200),
        ("parent-2", json!({ "view": "application", "application": NUMBER }), 403),
        ("parent-2", json!({ "view": "position", "application": NUMBER }), 200),
        ("parent-2", json!({ "view": "seal" }), 200),
        ("parent-1", json!({ "view": "proof", "application": NUMBER }), 200),
        ("parent-2", json!({ "view": "proof", "application": NUMBER }), 403),
        ("parent-1", json!({ "view": "journal", "iin": "p:parent-1" }), 200),
        ("parent-2", json!({ "view": "journal", "iin": "p:parent-1" }), 403),
        ("staff", json!({ "view": "archive" }), 403),
        ("parent-1", json!({ "view": "archive" }), 403),
        ("parent-1", json!({ "view": "messages", "event": 2 }), 403),
        ("department", json!({ "view": "archive" }), 200),
        ("department", json!({ "view": "nothing" }), 400),
        ("department", json!({ "view": "application", "application": "UO.2018.000009.1" }), 404),
    ] {
        let answer = door.ask(token, question.clone()).await;
        assert_eq!(answer.status, status, "{token} {question}: {}", answer.body);
    }
    // The operator's commands are the operator's.
    let pause =
        json!({ "type": "pause", "reason": "a test", "authority": { "kind": "operator", "document": "1" } });
    let denied = door.command("parent-1", "2", &pause).await.unwrap();
    assert_eq!((denied.status, &denied.body["denials"][0]["code"]), (409, &json!("not_yours")));
    door.done("operator", "3", pause).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_settlements() {
    let place = Place::new();
    let portal = place.start(&[]);
    let door = &portal.door;
    let village = |rest: &str| format!("{}/api/v1/settlements/village/{rest}", door.url);
    door.done("parent-1", "1", submit(1, "p:child-1")).await;
    // The same key is another one there, and the child may stand in both lines.
    let (commands, child) = (village("commands"), submit(1, "p:child-1"));
    let there = door.post(Some("parent-1"), &commands, &[("Idempotency-Key", "1")], &child).await;
    assert_eq!(there.status, 200, "{}", there.body);
    assert_eq!(there.body["dossier"]["card"]["application"]["application"], "V.2018.000001.1");
    let policy = door.get(None, &village("policy"), &[]).await;
    assert_eq!(policy.body["name"], "the village's");
    // A token is good where it was given for.
    assert_eq!(door.get(Some("villager"), &village("applications"), &[]).await.status, 200);
    assert_eq!(door.get(Some("villager"), &door.town("applications"), &[]).await.status, 403);
    let me = door.get(Some("villager"), &format!("{}/api/v1/me", door.url), &[]).await;
    assert_eq!(me.body["settlements"], json!(["village"]));
    let all = door.get(None, &format!("{}/api/v1/settlements", door.url), &[]).await;
    assert_eq!(all.body.as_array().unwrap().len(), 2);
    portal.kill();
    let portal = place.start(&[]);
    let again = format!("{}/api/v1/settlements/village/applications?iin=p:parent-1", portal.door.url);
    assert_eq!(portal.door.get(Some("department"), &again, &[]).await.body.as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_it() {
    let place = Place::new();
    let portal = place.start(&[]);
    let door = &portal.door;
    let first = door.done("parent-1", "1", submit(1, "p:child-1")).await;
    let (commands, good) = (door.town("commands"), submit(1, "p:child-2"));
    let long = "x".repeat(201);
    let key: &[(&str, &str)] = &[("Idempotency-Key", "2")];
    let with = |field: &str, value: Value| {
        let mut command = good.clone();
        command[field] = value;
        command
    };
    for (headers, body, status, code, path) in [
        (&[][..], &good, 400, "malformed", Some("Idempotency-Key")),
        (&[("Idempotency-Key", long.as_str())], &good, 400, "malformed", Some("Idempotency-Key")),
        (key, &with("by", json!({ "role": "department" })), 400, "malformed", Some("by")),
        (key, &with("key", json!("3")), 400, "malformed", Some("key")),
        (key, &with("expected_revision", json!(1)), 400, "malformed", Some("expected_revision")),
        (key, &with("child", json!({ "iin": "991231500016" })), 400, "malformed", Some("child.born")),
        (key, &with("childs", json!(1)), 400, "malformed", Some("childs")),
        (key, &json!([]), 400, "malformed", None),
        (key, &json!({}), 400, "malformed", Some("type")),
        (
            &[("Idempotency-Key", "2"), ("If-Match", "\"1\"")],
            &good,
            412,
            "stale_revision",
            Some("expected_revision"),
        ),
        (&[("Idempotency-Key", "2"), ("If-Match", "1 2")], &good, 400, "malformed", Some("If-Match")),
        (&[("Idempotency-Key", "1")], &good, 422, "key_conflict", Some("key")),
        (key, &with("signature", json!("x".repeat(70_000))), 413, "too_large", None),
    ] {
        let answer = door.post(Some("parent-1"), &commands, headers, body).await;
        let text = body.to_string();
        assert_eq!(
            (answer.status, answer.body["code"].as_str()),
            (status, Some(code)),
            "{:.200}: {}",
            text,
            answer.body
        );
        assert_eq!(answer.body["path"].as_str(), path, "{:.200}: {}", text, answer.body);
        assert_eq!((&answer.body["type"], &answer.body["status"]), (&json!("about:blank"), &json!(status)));
    }
    // With the right revision it is done; the dossier's tag says when nothing has changed.
    let tag = format!("\"{}\"", first["revision"]);
    let done =
        door.post(Some("parent-1"), &commands, &[("Idempotency-Key", "2"), ("If-Match", &tag)], &good).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let own = door.town(&format!("applications/{NUMBER}"));
    let dossier = door.get(Some("parent-1"), &own, &[]).await;
    let tag = dossier.etag.unwrap();
    assert_eq!(tag, format!("\"{}\"", dossier.body["revision"]));
    assert_eq!(door.get(Some("parent-1"), &own, &[("If-None-Match", &tag)]).await.status, 304);
    door.done("parent-2", "4", submit(2, "p:child-4")).await;
    assert_eq!(door.get(Some("parent-1"), &own, &[("If-None-Match", &tag)]).await.status, 200);

    for (url, status) in [
        (door.town("applications/UO.2018.000009.1"), 404),
        (door.town("nothing"), 404),
        (format!("{}/api/v1/settlements/elsewhere/policy", door.url), 404),
        (commands.clone(), 405),
        (door.town("queue"), 400),
        (door.town("queue?group_year=2015&limit=0"), 400),
        (door.town("queue?group_year=2015&limits=5"), 400),
        (door.town("vacancies?state=full"), 400),
        (door.town("vacancies?group_year=two"), 400),
        (door.town("applications?iin=123"), 400),
        (format!("{}/api/v1/demo", door.url), 404),
        (door.town("vacancies?kindergarten="), 400),
    ] {
        let answer = door.get(Some("department"), &url, &[]).await;
        assert_eq!(
            (answer.status, &answer.body["status"]),
            (status, &json!(status)),
            "{url}: {}",
            answer.body
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_runs_the_portal() {
    let place = Place::new();
    let portal = place.start(&[]);
    let door = &portal.door;
    door.done("parent-1", "1", submit(1, "991231500016")).await;
    let _ = door.get(Some("department"), &door.town("applications?iin=991231500016"), &[]).await;
    let _ = door
        .get(Some("department"), &format!("{}/api/v1/settlements/p:parent-1/policy", door.url), &[])
        .await;
    assert_eq!(door.ready().await.status, 200);
    let metrics = door.get(None, &format!("{}/metrics", door.url), &[]).await.body;
    let metrics = metrics.as_str().unwrap();
    for line in [
        "portal_commands_total{type=\"submit\",result=\"done\"} 1",
        "portal_revision{settlement=\"town\"} 2",
        "portal_live_applications{settlement=\"town\"} 1",
        "portal_clock_good 1",
        "portal_transaction_seconds_count",
        "route=\"/api/v1/settlements/{settlement}/commands\",status=\"200\"",
    ] {
        assert!(metrics.contains(line), "{line} is not in\n{metrics}");
    }
    let document = door.get(None, &format!("{}/openapi.json", door.url), &[]).await.body;
    assert_eq!(document["openapi"].as_str().unwrap().split('.').next(), Some("3"));
    assert!(document["paths"]["/api/v1/settlements/{settlement}/commands"]["post"].is_object());
    let schemas = document["components"]["schemas"].as_object().unwrap();
    // Nothing is named that is not there.
    let text = document.to_string();
    for part in text.split("#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "{name} is not in the document");
    }
    assert!(portal.stop());
    // The log tells of requests, and of nobody.
    let log = support::read(&place.path("log"));
    assert!(log.contains("\"route\":\"/api/v1/settlements/{settlement}/commands\",\"status\":200"), "{log}");
    for secret in ["parent-1", "99123", "department", "p:", "UO.2018", "Bearer"] {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_in_docs_is_what_is_served() {
    let place = Place::new();
    let portal = place.start(&[]);
    let url = format!("{}/openapi.json", portal.door.url);
    let served = portal.door.get(None, &url, &[]).await.body;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/portal.openapi.json");
    let kept: Value = serde_json::from_str(&support::read(path.as_ref())).unwrap();
    // Which parts differ is said, not the whole of both.
    for part in ["/info", "/paths", "/components/schemas", "/components"] {
        let parts = |of: &Value| of.pointer(part).and_then(Value::as_object).cloned().unwrap_or_default();
        let (kept, served) = (parts(&kept), parts(&served));
        let names: std::collections::BTreeSet<_> = kept.keys().chain(served.keys()).collect();
        let other: Vec<_> = names.into_iter().filter(|name| kept.get(*name) != served.get(*name)).collect();
        assert!(other.is_empty(), "{part}: {other:?} {STALE}");
    }
    assert!(kept == served, "{STALE}");
}

const STALE: &str = "docs/portal.openapi.json is not what the portal serves. If the portal is right: start it \
    (bash examples/portal-rs/start.sh), then \
    curl -s ADDRESS/openapi.json | python3 -m json.tool --indent 1 --sort-keys --no-ensure-ascii > docs/portal.openapi.json";
