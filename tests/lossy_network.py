#!/usr/bin/env python3
"""Runs a command in a network of its own that loses and delays packets, and fails for a while.

    cargo build --release -p cx-client-tests --bin soak
    tests/lossy_network.py --loss 1 --delay 200 --down-after 40 --down-for 5 -- \
        target/release/soak --calls 1000 --in-flight 20 --timeout 20000 --link 10.77.0.1 10.77.0.2

Needs: Linux, root, Python 3, `ip` (Debian: iproute2), and /dev/net/tun. It does not need the kernel's
netem, which many kernels of containers and virtual machines do without: the packets of the link come
to this script (TUN), which drops, keeps and returns them.

The command runs in a network namespace of its own, in which nothing leads outside. A server that
listens at 10.77.0.1 is reached at 10.77.0.2: of each packet the two addresses are swapped, so that
both ends of a connection can be in one process. The checksums of TCP stay right: addresses are
summed up in them, in any order.
"""

import argparse
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import sys
import time

NEAR, FAR, DEVICE = "10.77.0.1", "10.77.0.2", "lossy0"

CLONE_NEWNET = 0x40000000
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--loss", type=float, default=1, help="packets lost, in percent")
    parser.add_argument("--delay", type=float, default=200, help="round trip, in milliseconds")
    parser.add_argument("--down-after", type=float, help="seconds until the link goes down")
    parser.add_argument("--down-for", type=float, default=5, help="seconds for which it is down")
    parser.add_argument("--seed", type=int, default=7, help="where the choice of packets begins")
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


def make_link():
    """Enters a new network namespace with nothing in it but the link; gives the device."""
    if not hasattr(os, "unshare"):
        import ctypes

        if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET) != 0:
            sys.exit("cannot make a network namespace: this needs root")
    else:
        os.unshare(CLONE_NEWNET)
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", DEVICE.encode(), IFF_TUN | IFF_NO_PI))
    for command in (
        f"ip link set lo up",
        f"ip address add {NEAR} peer {FAR} dev {DEVICE}",
        f"ip link set {DEVICE} up",
    ):
        subprocess.run(command.split(), check=True)
    return device


def carry(device, options, process):
    """Carries packets until the process ends; gives how many were carried, lost, and cut off."""
    chance = random.Random(options.seed)
    one_way = options.delay / 2000
    began = time.monotonic()
    waiting, order, carried, lost, cut = [], 0, 0, 0, 0
    while process.poll() is None:
        now = time.monotonic()
        while waiting and waiting[0][0] <= now:
            os.write(device, heapq.heappop(waiting)[2])
            carried += 1
        until = min(waiting[0][0] - now, 0.05) if waiting else 0.05
        if not select.select([device], [], [], max(until, 0))[0]:
            continue
        packet = os.read(device, 65536)
        now = time.monotonic()
        if packet[0] >> 4 != 4:
            continue
        after = options.down_after
        if after is not None and after <= now - began < after + options.down_for:
            cut += 1
        elif chance.random() * 100 < options.loss:
            lost += 1
        else:
            swapped = packet[:12] + packet[16:20] + packet[12:16] + packet[20:]
            heapq.heappush(waiting, (now + one_way, order, swapped))
            order += 1
    return carried, lost, cut


def main():
    options = arguments()
    device = make_link()
    process = subprocess.Popen(options.command)
    try:
        carried, lost, cut = carry(device, options, process)
    finally:
        process.terminate()
    print(f"packets carried: {carried}, lost: {lost}, sent while the link was down: {cut}")
    sys.exit(process.wait())


if __name__ == "__main__":
    main()
