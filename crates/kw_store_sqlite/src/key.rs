//! How a row's address becomes one blob: `family ‖ length of the partition key ‖ partition key ‖ row key`.
//!
//! The family takes one byte below 128 and three above (`0xFF`, then both bytes); the length takes one byte below 255, and
//! one more for the two lengths above. So no partition's rows lie among another's, and the bytes of a follow edge
//! (two 8-byte partition keys, an 8-byte row key) are 26.

/// Every key of a family begins with this, and no other family's does.
pub fn of_family(family: u16) -> Vec<u8> {
    let mut key = Vec::with_capacity(3);
    write_family(&mut key, family);
    key
}

fn write_family(key: &mut Vec<u8>, family: u16) {
    match u8::try_from(family) {
        Ok(short) if short < 0x80 => key.push(short),
        _ => {
            key.push(0xFF);
            key.extend_from_slice(&family.to_be_bytes());
        }
    }
}

/// The family of the row with this key.
pub fn family_of(key: &[u8]) -> Option<u16> {
    match *key {
        [0xFF, high, low, ..] => Some(u16::from_be_bytes([high, low])),
        [short, ..] if short < 0x80 => Some(u16::from(short)),
        _ => None,
    }
}

/// Every key of a partition begins with this, and no other partition's does. It is also the key of its count row.
pub fn of_partition(family: u16, partition: &[u8]) -> Vec<u8> {
    let mut key = Vec::with_capacity(5 + partition.len());
    write_partition(&mut key, family, partition);
    key
}

/// The same behind what `key` holds.
pub fn write_partition(key: &mut Vec<u8>, family: u16, partition: &[u8]) {
    write_family(key, family);
    match u8::try_from(partition.len()) {
        Ok(length) if length < 0xFF => key.push(length),
        _ => key.extend([0xFF, (partition.len() - 0xFF) as u8]),
    }
    key.extend_from_slice(partition);
}

/// The key of a row.
pub fn of_row(family: u16, partition: &[u8], row_key: &[u8]) -> Vec<u8> {
    join(&of_partition(family, partition), row_key)
}

/// A prefix and what follows it.
pub fn join(prefix: &[u8], rest: &[u8]) -> Vec<u8> {
    [prefix, rest].concat()
}

/// The partition key and the row key in the key of a row of `family`; `None` if it is not one.
pub fn split(family: u16, key: &[u8]) -> Option<(&[u8], &[u8])> {
    let rest = key.strip_prefix(&of_family(family)[..])?;
    let (&length, rest) = rest.split_first()?;
    match length {
        0xFF => {
            let (&above, rest) = rest.split_first()?;
            rest.split_at_checked(0xFF + usize::from(above))
        }
        _ => rest.split_at_checked(usize::from(length)),
    }
}

/// The lowest key above every key that begins with `prefix`.
pub fn above(prefix: &[u8]) -> Vec<u8> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return end;
        }
    }
    // Nothing is above a prefix of 0xFF alone, except what is longer than any key: 3 + 2 + 256 + 256 bytes.
    vec![u8::MAX; 520]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn address() -> impl Strategy<Value = (u16, Vec<u8>, Vec<u8>)> {
        let family = prop_oneof![Just(0u16), Just(127), Just(128), Just(255), Just(u16::MAX), any::<u16>()];
        let byte = prop_oneof![Just(0u8), Just(1), Just(0xFE), Just(0xFF), any::<u8>()];
        let lengths = prop_oneof![Just(0usize), Just(1), Just(254), Just(255), Just(256), 0usize..20];
        let partition = lengths.prop_flat_map(move |length| prop::collection::vec(byte.clone(), length));
        (family, partition, prop::collection::vec(any::<u8>(), 0..6))
    }

    proptest! {
        #[test]
        fn a_key_splits_into_what_it_was_made_of((family, partition, row) in address()) {
            let key = of_row(family, &partition, &row);
            prop_assert_eq!(split(family, &key), Some((&partition[..], &row[..])));
            prop_assert_eq!(family_of(&key), Some(family));
        }

        #[test]
        fn a_partition_holds_its_own_keys_and_no_others(a in address(), b in address()) {
            let prefix = of_partition(a.0, &a.1);
            let end = above(&prefix);
            let key = of_row(b.0, &b.1, &b.2);
            let same = a.0 == b.0 && a.1 == b.1;
            prop_assert_eq!(key >= prefix && key < end, same);
        }

        #[test]
        fn rows_of_a_partition_are_ordered_by_their_row_keys(a in address(), other in prop::collection::vec(any::<u8>(), 0..6)) {
            let ordered = of_row(a.0, &a.1, &a.2).cmp(&of_row(a.0, &a.1, &other));
            prop_assert_eq!(ordered, a.2.cmp(&other));
        }
    }
}
