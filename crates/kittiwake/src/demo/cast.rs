//! Who lives in the demo: an invented bay on a northern coast. Nobody here exists.

/// Somebody of the bay.
#[derive(Debug)]
pub struct Person {
    /// Their handle.
    pub handle: &'static str,
    /// The name shown.
    pub name: &'static str,
    /// What they say of themselves.
    pub note: &'static str,
    /// Lines of their profile.
    pub fields: &'static [(&'static str, &'static str)],
    /// What kind of account it is.
    pub kind: Kind,
    /// `en` or `fr`.
    pub language: &'static str,
    /// What is drawn for them.
    pub motif: Motif,
    /// Colours of the drawing: sky, land, mark.
    pub colours: [u32; 3],
    /// Whom they follow.
    pub follows: &'static [&'static str],
}

/// What kind of account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A person or a house.
    Open,
    /// A person whose follows must be approved.
    Locked,
    /// Posts by itself.
    Bot,
}

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motif {
    /// A bird above the water.
    Bird,
    /// Waves.
    Waves,
    /// One long wave, for wide pictures.
    Swell,
    /// A tower with a light.
    Lighthouse,
    /// A hill and the sun.
    Hill,
    /// A boat.
    Boat,
    /// Flakes, drops or crumbs.
    Dots,
    /// Lines of a page.
    Page,
}

/// Everybody, the oldest member first.
pub const CAST: &[Person] = &[
    Person {
        handle: "town",
        name: "Town of Bay",
        note: "What the council decides, when the roads are closed, and where to bring your questions. Answered on weekdays.",
        fields: &[("Town hall", "Quay Street 1, weekdays 9–15"), ("Site", "https://town.example")],
        kind: Kind::Open,
        language: "en",
        motif: Motif::Hill,
        colours: [0x00bc_d3d8, 0x0033_5c6b, 0x00f0_bf1a],
        follows: &["coastguard", "weather", "ferries", "gazette", "lifeboat"],
    },
    Person {
        handle: "coastguard",
        name: "Bay Coast Guard",
        note: "Warnings, rescues and open water. In an emergency call 112; this account is read day and night. \
               https://coastguard.example",
        fields: &[("Emergency", "112"), ("Radio", "VHF channel 16")],
        kind: Kind::Open,
        language: "en",
        motif: Motif::Waves,
        colours: [0x00c9_d9dc, 0x000a_5c73, 0x00f7_f8f6],
        follows: &["weather", "lifeboat", "ferries", "town", "per"],
    },
    Person {
        handle: "weather",
        name: "Bay Weather Office",
        note: "Forecasts at 6, 12 and 18. Warnings when they are due. We explain what we do not know, too.",
        fields: &[("Stations", "Harbour, Lighthouse, High Moor"), ("Since", "1911")],
        kind: Kind::Open,
        language: "en",
        motif: Motif::Dots,
        colours: [0x0016_313a, 0x007c_c7da, 0x00ec_eff0],
        follows: &["coastguard", "ferries", "per", "elin"],
    },
    Person {
        handle: "ferries",
        name: "Bay Ferries",
        note: "Departures and cancellations, posted by the timetable itself. People answer on the phone: 555 0144.",
        fields: &[("North route", "Bay – Skerry – Ekkerøy"), ("South route", "Bay – Long Sound")],
        kind: Kind::Bot,
        language: "en",
        motif: Motif::Boat,
        colours: [0x00df_e9ea, 0x002a_6b46, 0x00a6_301c],
        follows: &["weather", "coastguard"],
    },
    Person {
        handle: "gazette",
        name: "The Harbour Gazette",
        note: "The newspaper of the bay. Four people, two dogs, one press. Corrections are printed as large as what they \
               correct.",
        fields: &[("Letters", "letters@gazette.example"), ("Founded", "1884")],
        kind: Kind::Open,
        language: "en",
        motif: Motif::Page,
        colours: [0x00f7_f8f6, 0x0014_181b, 0x00a6_301c],
        follows: &["town", "coastguard", "weather", "elin", "marit", "tove", "jonas", "lifeboat", "camille"],
    },
    Person {
        handle: "lifeboat",
        name: "Bay Lifeboat",
        note: "Volunteers since 1902. We go out so that you come home. Open day every first Sunday.",
        fields: &[("Crew", "22, of whom 9 are ashore right now"), ("Boat", "Alma, 16 m")],
        kind: Kind::Open,
        language: "en",
        motif: Motif::Boat,
        colours: [0x00f3_cd45, 0x0014_1b1f, 0x00a6_301c],
        follows: &["coastguard", "weather", "jonas", "siri"],
    },
    Person {
        handle: "elin",
        name: "Elin Strand",
        note: "Counts seabirds at #Ekkerøy and writes down what they do. Kittiwakes first, breakfast second.",
        fields: &[("Work", "Coastal Survey"), ("Pronouns", "she/her"), ("Field notes", "https://ledges.example/notes")],
        kind: Kind::Open,
        language: "en",
        motif: Motif::Bird,
        colours: [0x00e2_eff2, 0x000a_5c73, 0x00f0_bf1a],
        follows: &[
            "marit",
            "tove",
            "weather",
            "camille",
            "gazette",
            "ferries",
            "per",
            "luc",
            "coastguard",
            "siri",
            "aksel",
        ],
    },
    Person {
        handle: "marit",
        name: "Marit Rein",
        note: "Ornithologist, knitter, slow answerer. Leads the spring count. Ask me anything but which gull that was.",
        fields: &[("Work", "Coastal Survey"), ("Count so far", "14 springs")],
        kind: Kind::Open,
        language: "en",
        motif: Motif::Bird,
        colours: [0x00d9_d2c5, 0x0055_606a, 0x0014_181b],
        follows: &["elin", "camille", "per", "weather", "ingrid"],
    },
    Person {
        handle: "tove",
        name: "Tove Olsen",
        note: "Town council, second term. Roads, school, harbour. These are my own words; the council's are at @town.",
        fields: &[("Office hours", "Thursdays, library, 17–19")],
        kind: Kind::Open,
        language: "en",
        motif: Motif::Hill,
        colours: [0x00f1_e4d3, 0x00a6_301c, 0x00f0_bf1a],
        follows: &["town", "gazette", "ingrid", "jonas", "ferries", "siri", "elin"],
    },
    Person {
        handle: "jonas",
        name: "Jonas Lund",
        note: "Fishes from the Havlys. Up at three. Opinions about nets.",
        fields: &[("Boat", "Havlys, 11 m"), ("Catch", "cod, haddock, the odd boot")],
        kind: Kind::Open,
        language: "en",
        motif: Motif::Boat,
        colours: [0x009f_b9c4, 0x0016_313a, 0x00f7_f8f6],
        follows: &["weather", "coastguard", "per", "siri", "tove", "lifeboat"],
    },
    Person {
        handle: "per",
        name: "Per Anders Kvam",
        note: "Kept the lighthouse for 31 years. It keeps itself now; I keep an eye on it.",
        fields: &[("Light", "Fl(2) W 10s, 19 M")],
        kind: Kind::Open,
        language: "en",
        motif: Motif::Lighthouse,
        colours: [0x0010_2a38, 0x00ec_eff0, 0x00f3_cd45],
        follows: &["weather", "coastguard", "elin", "marit", "jonas", "luc"],
    },
    Person {
        handle: "siri",
        name: "Siri Nilsen",
        note: "Bakery on the quay, open from five because the boats are. Cardamom on Fridays.",
        fields: &[("Open", "5–14, closed on Mondays")],
        kind: Kind::Open,
        language: "en",
        motif: Motif::Dots,
        colours: [0x00f4_e3c8, 0x00b0_7a3b, 0x006b_3f1d],
        follows: &["jonas", "tove", "ferries", "weather", "ingrid", "lifeboat"],
    },
    Person {
        handle: "ingrid",
        name: "Ingrid Sæther",
        note: "Teaches the fourth form. My pupils read along, so mind your language; I do.",
        fields: &[("School", "Bay Primary")],
        kind: Kind::Open,
        language: "en",
        motif: Motif::Page,
        colours: [0x00e4_f2e9, 0x002a_6b46, 0x0014_181b],
        follows: &["elin", "marit", "tove", "siri", "camille", "aksel", "per"],
    },
    Person {
        handle: "camille",
        name: "Camille Aubert",
        note: "Biologiste marine, en mission dans la baie jusqu'en juin. Plancton, brouillard et brioches à la cardamome.",
        fields: &[("Labo", "Station marine de la baie"), ("Carnet", "https://plancton.example")],
        kind: Kind::Open,
        language: "fr",
        motif: Motif::Waves,
        colours: [0x00fb_e9e4, 0x0007_4a5e, 0x00f1_9a86],
        follows: &["luc", "elin", "marit", "weather", "siri", "ferries", "gazette"],
    },
    Person {
        handle: "luc",
        name: "Luc Marchand",
        note: "Photographe, marin du dimanche et des autres jours. Je poste surtout la lumière.",
        fields: &[("Bateau", "Petrel, 8 m"), ("Tirages", "https://lumiere.example")],
        kind: Kind::Open,
        language: "fr",
        motif: Motif::Lighthouse,
        colours: [0x00f1_c27d, 0x0033_3a4d, 0x00f7_f8f6],
        follows: &["camille", "per", "weather", "elin", "jonas"],
    },
    Person {
        handle: "aksel",
        name: "Aksel Berg",
        note: "Learning to program, mostly by breaking the tide clock in the school hall. Follows on request.",
        fields: &[("Tide clock", "up 3 days, a record")],
        kind: Kind::Locked,
        language: "en",
        motif: Motif::Bird,
        colours: [0x0020_2733, 0x008e_cfa8, 0x00f3_cd45],
        follows: &["ingrid", "weather", "per", "ferries", "elin"],
    },
];

/// Whose sign-ins are printed, and what each shows.
pub const SIGN_INS: &[(&str, &str)] = &[
    ("elin", "a busy home, replies and boosts"),
    ("coastguard", "an institution that many follow"),
    ("camille", "reads and writes in French"),
    ("aksel", "a locked account with a request waiting"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyone_follows_only_others_who_are_there() {
        for person in CAST {
            for other in person.follows {
                assert_ne!(person.handle, *other);
                assert!(CAST.iter().any(|it| it.handle == *other), "{} follows @{other}", person.handle);
            }
        }
        for (handle, _) in SIGN_INS {
            assert!(CAST.iter().any(|it| it.handle == *handle), "nobody is @{handle}");
        }
    }
}
