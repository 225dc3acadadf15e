//! Names of records. Ids are hashes of content, so that two runs can be compared and a later run finds the same record again.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(String);

        impl $name {
            /// The id of a record with this content: equal parts, equal id.
            pub fn of<T: AsRef<[u8]>>(parts: impl IntoIterator<Item = T>) -> Self {
                Self(hashed($prefix, parts))
            }

            /// The id as it is printed.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// A document: publisher, title, text.
    DocumentId = "d";
    /// An actor of a dossier.
    ActorId = "a";
    /// A story of a dossier.
    StoryId = "y";
    /// An event of a dossier.
    EventId = "e";
    /// A statement of a dossier.
    StatementId = "s";
    /// A figure of a dossier.
    FigureId = "f";
}

/// Sixteen hexadecimal digits of BLAKE3 over the parts, each ended by a zero byte, after the kind's letter.
fn hashed<T: AsRef<[u8]>>(prefix: &str, parts: impl IntoIterator<Item = T>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_ref());
        hasher.update(&[0]);
    }
    format!("{prefix}-{}", &hasher.finalize().to_hex()[..16])
}
