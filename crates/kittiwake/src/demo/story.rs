//! What has been said in the bay lately, as data: posts with what they answer, who liked them and who passed them on.

/// A post of the story.
#[derive(Debug)]
pub struct Line {
    /// How others of the story refer to it; empty when none does.
    pub key: &'static str,
    /// Who says it.
    pub by: &'static str,
    /// How many minutes ago.
    pub minutes_ago: u64,
    /// What it answers, by key; empty for nothing.
    pub answers: &'static str,
    /// The words.
    pub text: &'static str,
    /// The content warning; empty for none.
    pub warning: &'static str,
    /// Who sees it.
    pub audience: Audience,
    /// Who favourites it.
    pub liked_by: &'static [&'static str],
    /// Who boosts it.
    pub boosted_by: &'static [&'static str],
}

/// Who sees a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everyone.
    Everyone,
    /// Everyone who comes by, but no public timeline.
    Passers,
    /// Followers.
    Followers,
    /// Those named.
    Named,
}

const HOUR: u64 = 60;
const DAY: u64 = 24 * HOUR;

impl Line {
    const fn new(by: &'static str, minutes_ago: u64, text: &'static str) -> Self {
        Self {
            key: "",
            by,
            minutes_ago,
            answers: "",
            text,
            warning: "",
            audience: Audience::Everyone,
            liked_by: &[],
            boosted_by: &[],
        }
    }

    const fn key(mut self, key: &'static str) -> Self {
        self.key = key;
        self
    }

    const fn answers(mut self, key: &'static str) -> Self {
        self.answers = key;
        self
    }

    const fn warning(mut self, warning: &'static str) -> Self {
        self.warning = warning;
        self
    }

    const fn to(mut self, audience: Audience) -> Self {
        self.audience = audience;
        self
    }

    const fn liked(mut self, by: &'static [&'static str]) -> Self {
        self.liked_by = by;
        self
    }

    const fn boosted(mut self, by: &'static [&'static str]) -> Self {
        self.boosted_by = by;
        self
    }
}

const fn line(by: &'static str, minutes_ago: u64, text: &'static str) -> Line {
    Line::new(by, minutes_ago, text)
}

/// Everything that was said, the oldest first.
pub const STORY: &[Line] = &[
    // ---- A week ago ----
    line(
        "town",
        7 * DAY,
        "The council has published the harbour plan. Comments until the end of the month, on paper or \
        by post here: https://town.example/harbour-plan #harbourplan",
    )
    .key("plan")
    .liked(&["tove", "gazette", "siri"])
    .boosted(&["gazette", "tove"]),
    line(
        "gazette",
        7 * DAY - 3 * HOUR,
        "What is in the harbour plan and what is not: our reading, with the page numbers. \
        https://gazette.example/harbour-plan #harbourplan",
    )
    .key("plan-reading")
    .liked(&["tove", "jonas", "ingrid", "elin"])
    .boosted(&["tove", "jonas"]),
    line(
        "jonas",
        7 * DAY - 5 * HOUR,
        "Page 14 moves the net drying racks behind the car park. Nets do not like car \
        parks. #harbourplan",
    )
    .key("racks")
    .answers("plan-reading")
    .liked(&["per", "siri", "lifeboat"]),
    line(
        "tove",
        7 * DAY - 6 * HOUR,
        "@jonas I have put it on Thursday's agenda. Come and say it in exactly those words.",
    )
    .answers("racks")
    .liked(&["jonas", "gazette", "siri"]),
    line(
        "per",
        6 * DAY + 14 * HOUR,
        "Thirty-one years ago today I climbed the 142 steps for the first time. I counted 143. \
        I have never found out which one I count twice.",
    )
    .key("steps")
    .liked(&["elin", "marit", "luc", "jonas", "ingrid", "weather", "siri"])
    .boosted(&["elin", "luc"]),
    line("ingrid", 6 * DAY + 12 * HOUR, "@per The fourth form would like to come and count them, to be sure.")
        .key("steps-school")
        .answers("steps")
        .liked(&["per", "elin"]),
    line("per", 6 * DAY + 11 * HOUR, "@ingrid The fourth form is welcome on Wednesday. Bring twenty opinions.")
        .answers("steps-school")
        .liked(&["ingrid", "aksel"]),
    line(
        "camille",
        6 * DAY + 2 * HOUR,
        "Premier prélèvement de la saison : l'eau à 4,1 °C, et déjà des diatomées partout. \
        Le printemps commence toujours sous la surface. #plancton",
    )
    .key("diatoms")
    .liked(&["luc", "elin", "marit", "weather"])
    .boosted(&["luc"]),
    line("luc", 6 * DAY + HOUR, "@camille On peut les voir sans microscope ?").key("diatoms-seen").answers("diatoms"),
    line("camille", 6 * DAY, "@luc Non, mais on peut les sentir : l'odeur de concombre au petit matin, c'est elles.")
        .answers("diatoms-seen")
        .liked(&["luc", "siri"]),
    // ---- Five days ago ----
    line(
        "siri",
        5 * DAY + 18 * HOUR,
        "The oven is repaired. Sorry for two days of flat bread; some of you asked for more \
        of it, which I will try not to think about.",
    )
    .liked(&["jonas", "tove", "camille", "ingrid", "lifeboat"]),
    line(
        "lifeboat",
        5 * DAY + 10 * HOUR,
        "Open day on Sunday from 11. You may steer; you may not press the red one. \
        #lifeboat",
    )
    .key("openday")
    .liked(&["ingrid", "coastguard", "siri"])
    .boosted(&["coastguard", "town", "siri"]),
    line(
        "aksel",
        5 * DAY + 8 * HOUR,
        "The tide clock in the school hall now knows about summer time. It does not agree \
        with it, but it knows.",
    )
    .key("tideclock")
    .liked(&["ingrid", "per"]),
    line("ingrid", 5 * DAY + 7 * HOUR, "@aksel It told the caretaker it was 25 o'clock.")
        .answers("tideclock")
        .liked(&["per"]),
    line(
        "marit",
        4 * DAY + 16 * HOUR,
        "Thread about how we count without disturbing, because many asked. One: never from \
        above. A drone is a hawk to them, and a hawk costs an egg. #Ekkerøy #seabirds",
    )
    .key("count1")
    .liked(&["elin", "camille", "per", "ingrid", "weather", "gazette"])
    .boosted(&["elin", "gazette", "ingrid"]),
    line(
        "marit",
        4 * DAY + 16 * HOUR - 3,
        "Two: from the water, never closer than a hundred metres, engine off, and back \
        before the tide turns. Whoever is seasick writes, whoever is not counts.",
    )
    .key("count2")
    .answers("count1")
    .liked(&["elin", "jonas", "camille"]),
    line(
        "marit",
        4 * DAY + 16 * HOUR - 7,
        "Three: two people count the same ledge without talking. When the numbers differ \
        by more than one in twenty, both count again. Pride is not a method.",
    )
    .key("count3")
    .answers("count2")
    .liked(&["elin", "ingrid", "per", "camille"])
    .boosted(&["camille"]),
    line("camille", 4 * DAY + 15 * HOUR, "@marit \"Pride is not a method\" : je l'imprime et je l'accroche au labo.")
        .answers("count3")
        .liked(&["marit", "elin"]),
    line(
        "ingrid",
        4 * DAY + 14 * HOUR,
        "@marit May I read this to the class? They have a project on counting things that \
        move.",
    )
    .key("count-class")
    .answers("count1"),
    line(
        "marit",
        4 * DAY + 9 * HOUR,
        "@ingrid Please do. Ask them how to count pupils in the break, and I will steal what \
        they find.",
    )
    .answers("count-class")
    .liked(&["ingrid", "elin", "aksel"]),
    // ---- Three days ago ----
    line(
        "weather",
        3 * DAY + 18 * HOUR,
        "A low is forming west of the bay. Too early to say where it goes; we will not \
        guess before tomorrow noon. #gale",
    )
    .liked(&["jonas", "per", "coastguard"])
    .boosted(&["ferries", "coastguard"]),
    line(
        "luc",
        3 * DAY + 6 * HOUR,
        "Dix minutes de lumière rasante entre deux grains, ce soir sur la digue. Les mouettes \
        posaient. #lumière",
    )
    .key("light")
    .liked(&["camille", "elin", "per"])
    .boosted(&["camille"]),
    line(
        "elin",
        3 * DAY + 5 * HOUR,
        "@luc Those are kittiwakes. Look at the legs: black. And they never pose, they wait \
        for you to leave.",
    )
    .key("kittiwakes")
    .answers("light")
    .liked(&["marit", "luc", "camille"]),
    line("luc", 3 * DAY + 4 * HOUR, "@elin Je corrige, et je présente mes excuses aux intéressées.")
        .answers("kittiwakes")
        .liked(&["elin", "marit"]),
    line(
        "jonas",
        2 * DAY + 21 * HOUR,
        "Nothing in the nets but a boot. A left one, size 44. If you have lost it, it is on \
        the bollard.",
    )
    .key("boot")
    .liked(&["siri", "tove", "lifeboat", "per"])
    .boosted(&["siri"]),
    line("lifeboat", 2 * DAY + 20 * HOUR, "@jonas We have the right one. It came in on Tuesday.")
        .answers("boot")
        .liked(&["jonas", "siri", "tove", "gazette", "per", "elin"]),
    line(
        "weather",
        2 * DAY + 12 * HOUR,
        "Now we can say: gale from the north-west tomorrow night, force 8, gusts of 10 at \
        the lighthouse. Secure what can fly. #gale",
    )
    .key("galewarning")
    .liked(&["coastguard", "jonas", "per", "ferries", "town"])
    .boosted(&["coastguard", "town", "ferries", "gazette"]),
    line(
        "town",
        2 * DAY + 11 * HOUR,
        "Bins in, please, and no parking on the quay from 16:00 tomorrow. The school hall is \
        open for anyone who would rather not be alone with the noise. #gale",
    )
    .liked(&["ingrid", "tove", "siri"])
    .boosted(&["tove", "ingrid"]),
    line(
        "tove",
        2 * DAY + 9 * HOUR,
        "If you live below Quay Street and need a hand with sandbags: write to me, I have a \
        trailer and two nephews. #gale",
    )
    .key("sandbags")
    .liked(&["siri", "jonas", "town", "ingrid"])
    .boosted(&["town"]),
    line("siri", 2 * DAY + 8 * HOUR, "@tove The bakery's cellar would like the nephews.")
        .answers("sandbags")
        .liked(&["tove"]),
    // ---- The gale, yesterday ----
    line(
        "ferries",
        DAY + 11 * HOUR,
        "North route: all departures after 17:30 are cancelled. South route: by timetable. \
        #ferries",
    )
    .liked(&["weather"])
    .boosted(&["town", "coastguard"]),
    line(
        "coastguard",
        DAY + 7 * HOUR,
        "The ferry Terna has lost steerage off Skerry with forty aboard. Nobody is hurt. \
        The lifeboat is under way. Keep channel 16 free. #terna",
    )
    .key("terna1")
    .liked(&["lifeboat", "town"])
    .boosted(&["lifeboat", "town", "gazette", "weather", "ferries"]),
    line(
        "per",
        DAY + 6 * HOUR + 40,
        "I have the Terna's lights from the window. She lies head to wind, as she should. \
        #terna",
    )
    .answers("terna1")
    .liked(&["coastguard", "jonas", "siri"]),
    line("lifeboat", DAY + 6 * HOUR, "Alma is alongside. Line is over. Slowly now.")
        .key("terna2")
        .answers("terna1")
        .liked(&["coastguard", "siri", "jonas", "tove", "per", "ingrid"])
        .boosted(&["coastguard"]),
    line("siri", DAY + 5 * HOUR + 30, "The oven is on and the door is open. Forty cups are out.")
        .key("cups")
        .liked(&["tove", "ingrid", "lifeboat", "town", "elin"])
        .boosted(&["tove", "town"]),
    line(
        "coastguard",
        DAY + 4 * HOUR,
        "All forty aboard the ferry Terna are ashore and warm. The north route stays closed \
        until the wind drops: https://coastguard.example/routes #terna",
    )
    .key("terna3")
    .answers("terna1")
    .liked(&[
        "town", "lifeboat", "weather", "ferries", "gazette", "elin", "marit", "tove", "jonas", "per", "siri", "ingrid",
        "camille", "luc",
    ])
    .boosted(&["town", "lifeboat", "gazette", "tove", "ferries", "elin", "jonas"]),
    line("jonas", DAY + 3 * HOUR + 50, "To the crew of the Alma: whatever you drink, it is paid for.")
        .answers("terna2")
        .liked(&["lifeboat", "siri", "coastguard", "per", "tove"]),
    line(
        "gazette",
        DAY + 2 * HOUR,
        "Correction: we wrote that the Terna had 48 people aboard. It was forty. The error was \
        ours, and stood for eleven minutes. #terna",
    )
    .liked(&["coastguard", "tove", "elin"])
    .boosted(&["coastguard"]),
    line(
        "aksel",
        DAY + HOUR,
        "The tide clock stopped at 22:10 with everything else. I am told this is the correct \
        behaviour of a clock in a power cut.",
    )
    .key("clockstop")
    .to(Audience::Followers)
    .liked(&["ingrid"]),
    // ---- Today ----
    line(
        "weather",
        18 * HOUR,
        "The wind has turned and is easing. Highest gust: 31.4 m/s at the lighthouse, at 22:04. \
        Thank you to everyone who sent readings. #gale",
    )
    .liked(&["per", "jonas", "coastguard", "aksel"])
    .boosted(&["coastguard"]),
    line(
        "town",
        15 * HOUR,
        "Quay Street is open again. Two roofs need tiles, one boat needs an owner. The council meets at \
        18:00 about the sea wall.",
    )
    .liked(&["tove", "siri"])
    .boosted(&["gazette"]),
    line(
        "elin",
        13 * HOUR,
        "Out at first light to see what the gale left of the ledges. Going by boat, thank you @jonas",
    )
    .key("ledges0")
    .liked(&["marit", "jonas", "per"]),
    line(
        "camille",
        12 * HOUR,
        "Après la tempête, la baie est une soupe : 2 600 cellules par millilitre ce matin, contre 900 \
        lundi. Le vent brasse, les diatomées mangent. #plancton",
    )
    .key("soup")
    .liked(&["luc", "elin", "marit"])
    .boosted(&["luc", "marit"]),
    line("luc", 11 * HOUR, "La digue, le lendemain. Tout est propre, sauf nous. #lumière").liked(&["camille", "per"]),
    line(
        "marit",
        10 * HOUR,
        "One dead puffin on the beach, ringed here in 2009. It had flown perhaps half a million \
        kilometres.",
    )
    .warning("Dead bird")
    .liked(&["elin", "camille"]),
    line("siri", 9 * HOUR, "Cardamom day. There is also the flat bread, for those who know who they are.")
        .liked(&["jonas", "camille", "lifeboat", "ingrid", "luc"])
        .boosted(&["camille"]),
    line("camille", 8 * HOUR + 30, "@siri Gardez-m'en deux, j'arrive par le bateau de midi !")
        .to(Audience::Passers)
        .liked(&["siri"]),
    line(
        "ingrid",
        7 * HOUR,
        "The fourth form has counted the lighthouse steps. Results: 142 (eleven pupils), 143 (eight), \
        \"a lot\" (one). We have decided that this is a kind of answer.",
    )
    .key("counted")
    .liked(&["per", "marit", "elin", "aksel", "tove", "siri"])
    .boosted(&["per", "marit", "elin"]),
    line("per", 6 * HOUR + 30, "@ingrid Eight of them count the same step twice. I feel less alone.")
        .answers("counted")
        .liked(&["ingrid", "marit", "elin"]),
    line("ferries", 6 * HOUR, "North route: departures resume at 14:00. #ferries")
        .liked(&["elin", "camille"])
        .boosted(&["town"]),
    line("elin", 5 * HOUR, "@marit Shall we compare notes at six? I have a number I do not believe.")
        .key("note")
        .to(Audience::Named),
    line("marit", 4 * HOUR + 40, "@elin Six is good. Do not tell me the number before I have mine.")
        .answers("note")
        .to(Audience::Named),
    line(
        "tove",
        3 * HOUR,
        "Council meeting about the sea wall tonight, 18:00, library. There will be a map, and coffee that \
        has improved. #harbourplan",
    )
    .key("meeting")
    .liked(&["town", "gazette"])
    .boosted(&["town", "gazette"]),
    line(
        "gazette",
        2 * HOUR,
        "How forty people came ashore: the night of the Terna, told by those who were there. \
        https://gazette.example/terna #terna",
    )
    .key("night")
    .liked(&["coastguard", "lifeboat", "siri", "jonas", "elin"])
    .boosted(&["lifeboat", "coastguard", "siri"]),
    line(
        "weather",
        90,
        "Gale warning from 18:00. Ferries on the north route stop at 17:30; the last bus meets them. #gale",
    )
    .key("again")
    .liked(&["ferries", "coastguard", "jonas"])
    .boosted(&["ferries", "coastguard", "town"]),
    line("jonas", 82, "@weather Again?").key("again2").answers("again").liked(&["per", "siri"]),
    line("weather", 75, "@jonas Again. Smaller. We checked twice, because we thought you would ask.")
        .answers("again2")
        .liked(&["jonas", "per", "elin", "siri"]),
    line("per", 58, "Swept the gallery. The light needs nobody, but the stairs do.").liked(&["elin", "luc"]),
    line(
        "luc",
        41,
        "Quelqu'un monte au phare ce soir avant le vent ? J'ai une place dans la voiture et un thermos. #lumière",
    )
    .key("lift")
    .liked(&["camille"]),
    line("camille", 37, "@luc Moi ! Et le thermos ?").key("lift2").answers("lift").liked(&["luc"]),
    line("luc", 35, "@camille Du chocolat. On ne plaisante pas avec les phares.")
        .answers("lift2")
        .liked(&["camille", "per"]),
    line(
        "tove",
        26,
        "Has anybody got the slides of last night's council meeting? The link on the town's page is dead.",
    )
    .key("slides")
    .liked(&["gazette"]),
    line("town", 22, "@tove Repaired, with our apologies: https://town.example/sea-wall")
        .answers("slides")
        .liked(&["tove", "gazette"]),
    line(
        "aksel",
        16,
        "Question for people who know: is there a way to read the harbour's tide gauge that is not a man named \
        Olaf?",
    )
    .to(Audience::Passers)
    .liked(&["ingrid", "per"]),
    line(
        "elin",
        4,
        "The first chicks are on the ledges at #Ekkerøy. Forty-one nests counted this morning, nine more than \
        last year. The gale took none.",
    )
    .key("chicks")
    .liked(&["marit", "camille", "per", "ingrid", "gazette", "luc", "weather", "siri"])
    .boosted(&["marit", "gazette", "ingrid"]),
    line("marit", 2, "@elin Forty-one. I have it too. Breakfast is on me.").answers("chicks").liked(&["elin", "per"]),
];

/// Who asked to follow the locked account and still waits.
pub const REQUESTS: &[(&str, &str)] = &[("luc", "aksel")];
/// Requests that were granted when the story begins.
pub const GRANTED: &[(&str, &str)] = &[("elin", "aksel"), ("ingrid", "aksel")];
/// What people kept for themselves.
pub const BOOKMARKS: &[(&str, &str)] =
    &[("elin", "count1"), ("elin", "diatoms"), ("camille", "count3"), ("aksel", "again")];
/// What people pinned to their profile.
pub const PINS: &[(&str, &str)] = &[("marit", "count1"), ("coastguard", "terna3"), ("per", "steps")];

#[cfg(test)]
mod tests {
    use super::super::cast::CAST;
    use super::*;

    #[test]
    fn the_story_is_in_order_and_its_people_and_keys_exist() {
        let known = |handle: &str| CAST.iter().any(|person| person.handle == handle);
        let mut keys: Vec<&str> = Vec::new();
        let mut last = u64::MAX;
        for line in STORY {
            assert!(line.minutes_ago <= last, "out of order: {}", line.text);
            last = line.minutes_ago;
            assert!(known(line.by), "nobody is @{}", line.by);
            assert!(line.liked_by.iter().chain(line.boosted_by).all(|handle| known(handle)), "{}", line.text);
            assert!(!line.liked_by.contains(&line.by), "likes themselves: {}", line.text);
            assert!(line.answers.is_empty() || keys.contains(&line.answers), "answers nothing: {}", line.text);
            assert!(line.key.is_empty() || !keys.contains(&line.key), "twice: {}", line.key);
            keys.push(line.key);
        }
        for (handle, key) in BOOKMARKS.iter().chain(PINS) {
            assert!(known(handle) && keys.contains(key), "{handle} keeps {key}");
        }
        for (from, to) in REQUESTS.iter().chain(GRANTED) {
            assert!(known(from) && known(to), "{from} asks {to}");
        }
    }

    #[test]
    fn what_only_followers_or_the_named_see_is_not_boosted() {
        for line in STORY.iter().filter(|line| matches!(line.audience, Audience::Followers | Audience::Named)) {
            assert!(line.boosted_by.is_empty(), "{}", line.text);
        }
    }
}
