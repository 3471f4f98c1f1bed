//! What Linux says of this process.

use std::fs;
use std::io;

/// The most memory that was resident until now, in KiB.
///
/// # Errors
///
/// If `/proc` does not say.
pub fn peak_memory() -> io::Result<u64> {
    status("VmHWM:")
}

/// The memory that is resident now, in KiB.
///
/// # Errors
///
/// If `/proc` does not say.
pub fn memory() -> io::Result<u64> {
    status("VmRSS:")
}

/// How many file descriptors are open.
///
/// # Errors
///
/// If `/proc` does not say.
pub fn file_descriptors() -> io::Result<usize> {
    // The directory that is read is open too.
    Ok(fs::read_dir("/proc/self/fd")?.count().saturating_sub(1))
}

/// The time that the threads of this process, without those of this name, have run on a processor,
/// in nanoseconds. What else the machine does is not in it.
///
/// # Errors
///
/// If `/proc` does not say.
pub fn processor_time_without(name: &str) -> io::Result<u64> {
    let mut total = 0;
    for thread in fs::read_dir("/proc/self/task")? {
        let thread = thread?.path();
        if fs::read_to_string(thread.join("comm"))?.trim_end() != name {
            let text = fs::read_to_string(thread.join("schedstat"))?;
            let time = text.split(' ').next().and_then(|time| time.parse::<u64>().ok());
            total += time.ok_or_else(|| io::Error::other("schedstat has no time"))?;
        }
    }
    Ok(total)
}

fn status(field: &str) -> io::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    status
        .lines()
        .find_map(|line| line.strip_prefix(field))
        .and_then(|value| value.trim().trim_end_matches(" kB").parse().ok())
        .ok_or_else(|| io::Error::other(format!("/proc/self/status has no {field}")))
}
