//! Files that are there whole or not at all.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tempfile::NamedTempFile;

use super::fault::Fault;

/// A file under way: a temporary one beside its place. It is renamed when it is complete, and removed otherwise.
pub(crate) struct Pending {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
}

impl Pending {
    /// Begins a file.
    pub(crate) fn create(path: &Path) -> Result<Pending, Fault> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut builder = tempfile::Builder::new();
        builder.prefix(".city-");
        #[cfg(unix)]
        {
            // As any other file would have; the process's own mask takes away from it.
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder.unwrap_or(Path::new(".")));
        let file = file.map_err(|error| Fault::unwritten(path, &error))?;
        Ok(Pending { path: path.to_owned(), file: BufWriter::with_capacity(1 << 16, file) })
    }

    /// Writes a line of JSON.
    pub(crate) fn line(&mut self, value: &impl Serialize) -> Result<(), Fault> {
        let written = serde_json::to_writer(&mut self.file, value).map_err(std::io::Error::from);
        let written = written.and_then(|()| self.file.write_all(b"\n"));
        written.map_err(|error| Fault::unwritten(&self.path, &error))
    }

    /// It is complete: puts it in its place.
    pub(crate) fn keep(self) -> Result<(), Fault> {
        let Pending { path, file } = self;
        let fault = |error: std::io::Error| Fault::unwritten(&path, &error);
        let file = file.into_inner().map_err(|error| fault(error.into_error()))?;
        file.persist(&path).map_err(|error| fault(error.error))?;
        Ok(())
    }
}
