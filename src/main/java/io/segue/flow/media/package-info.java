/** What a leg's media can do, as those who steer it see it; the media plane carries it out. */
@NullMarked
package io.segue.flow.media;

import org.jspecify.annotations.NullMarked;
