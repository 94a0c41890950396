#!/bin/sh
# Makes the recordings of the demo and the gateway's announcement: G.711 mu-law, 8 kHz, mono, no header.
# Needs espeak-ng and sox (Debian: apt-get install espeak-ng sox). Run it from anywhere; it writes beside itself and into ../sounds.
#
# Speech is cut off at 2.7 kHz, and each speaker of the demo has a pilot tone above that (-30 dBm0), so that whoever listens to
# decoded audio can tell in 20 ms who speaks: caller 3000 Hz, agent 3200 Hz, human 3400 Hz.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# speak NAME VOICE SPEED PITCH SECONDS TEXT: speech of exactly SECONDS, in $work/NAME.wav
speak() {
    espeak-ng -v "$2" -s "$3" -p "$4" -w "$work/raw.wav" "$6"
    sox -G "$work/raw.wav" -r 8000 -c 1 -b 16 "$work/$1.wav" sinc -n 511 -2700 norm -7 pad 0 9 trim 0 "$5"
    echo "$1: $(soxi -D "$work/raw.wav") s of speech in $5 s"
}

# mark NAME HERTZ SECONDS: mixes the pilot under the speech, writes NAME.ulaw
mark() {
    sox -n -r 8000 -c 1 -b 16 "$work/pilot.wav" synth "$3" sine "$2" vol 0.0215
    sox -D -m -v 1 "$work/$1.wav" -v 1 "$work/pilot.wav" -r 8000 -c 1 -t ul "$here/$1.ulaw"
}

speak caller en-us+f3 170 55 9 "Hello. You charged me twice for order four four seven one, and I have been waiting for the refund for three weeks. I want to talk to somebody."
mark caller 3000 9
speak agent en-gb+m3 175 45 9 "I can see two payments for order four four seven one. Refunds are possible within thirty days. Please give me a moment while I look at what I can do."
mark agent 3200 9
speak human en-us+m7 165 30 9 "Good morning, this is Martin from billing. I have your conversation in front of me. You were charged twice, and I am sending the money back now."
mark human 3400 9
speak announcement en-gb+f2 160 50 6.8 "All our colleagues are busy at the moment. Please call again a little later. Thank you, and goodbye."
sox -t wav "$work/announcement.wav" -r 8000 -c 1 -t ul "$here/../sounds/announcement.ulaw"
# The short tone that a human on standby hears before the caller.
sox -n -r 8000 -c 1 -e mu-law -t raw "$here/../sounds/standby.ulaw" synth 0.18 sine 880 fade t 0.01 0.18 0.03 gain -20
