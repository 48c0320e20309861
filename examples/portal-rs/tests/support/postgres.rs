//! A PostgreSQL of the test's own: a scratch cluster in a temporary folder, on a port of the loopback.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A running server; its folder goes with it.
pub(crate) struct Server {
    folder: tempfile::TempDir,
    bin: PathBuf,
    user: Option<String>,
    port: u16,
}

impl Server {
    /// Starts one; none where PostgreSQL is not installed, which is said.
    pub(crate) fn start() -> Option<Server> {
        let Some(bin) = programs() else {
            eprintln!("SKIPPED: PostgreSQL is not installed here (Debian: apt-get install postgresql)");
            return None;
        };
        let root = output("id", &["-u"]) == "0";
        // initdb refuses root.
        let user =
            root.then(|| if output("id", &["-u", "postgres"]).is_empty() { "nobody" } else { "postgres" });
        let folder = tempfile::Builder::new().prefix("kezek-pg-").tempdir().unwrap();
        if let Some(user) = user {
            assert!(Command::new("chown").arg(user).arg(folder.path()).status().unwrap().success());
        }
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Server { folder, bin, user: user.map(str::to_owned), port };
        let data = server.data();
        server.run("initdb", &["-D", &data, "-U", "kezek", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]);
        server.up();
        Some(server)
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn up(&self) {
        let sockets = self.folder.path().display();
        let options =
            format!("-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={sockets}", self.port);
        let log = self.folder.path().join("log").display().to_string();
        self.run("pg_ctl", &["-D", &self.data(), "-o", &options, "-l", &log, "-w", "start"]);
    }

    /// Stops it as a power cut would, and starts it again.
    pub(crate) fn crash(&self) {
        self.run("pg_ctl", &["-D", &self.data(), "-m", "immediate", "-w", "stop"]);
        self.up();
    }

    /// The address of its database.
    pub(crate) fn address(&self) -> String {
        format!("postgres://kezek@127.0.0.1:{}/postgres?sslmode=disable", self.port)
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let path = self.bin.join(program);
        let mut command = match &self.user {
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args(["-u", user, "--"]).arg(path);
                command
            }
            None => Command::new(path),
        };
        let status =
            command.args(arguments).current_dir("/").stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(status.unwrap().success(), "{program} {arguments:?}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let bin = self.bin.join("pg_ctl");
        let mut command = match &self.user {
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args(["-u", user, "--"]).arg(bin);
                command
            }
            None => Command::new(bin),
        };
        let data = self.data();
        let _ = command
            .args(["-D", &data, "-m", "immediate", "stop"])
            .current_dir("/")
            .stdout(Stdio::null())
            .status();
    }
}

/// Where Debian, and others, put them.
fn programs() -> Option<PathBuf> {
    let named = output("pg_config", &["--bindir"]);
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = debian.map(|version| version.path().join("bin"));
    let all =
        debian.chain([PathBuf::from(named), PathBuf::from("/usr/local/bin"), PathBuf::from("/usr/bin")]);
    all.into_iter().find(|bin| bin.join("initdb").exists() && bin.join("pg_ctl").exists())
}

fn output(program: &str, arguments: &[&str]) -> String {
    let out = Command::new(program).args(arguments).stderr(Stdio::null()).output();
    out.map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned()).unwrap_or_default()
}
