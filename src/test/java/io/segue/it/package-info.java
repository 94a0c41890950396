/** Whole-program tests: the packaged jar in a process of its own, met by sipp, baresip and the demo's kit at its sockets and its REST interface. */
package io.segue.it;
