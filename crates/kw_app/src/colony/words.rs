//! What a colony says: short notes about nests, which differ by their numbers.

/// The text of the post that a member wrote in a round.
pub(super) fn text(round: u64, number: u64) -> String {
    let wind = ["north", "north-west", "west", "south-west"][(round + number) as usize % 4];
    format!("Nest {round} on ledge {number}: two eggs, one adult, wind from the {wind}. The ledge below is free again.")
}
