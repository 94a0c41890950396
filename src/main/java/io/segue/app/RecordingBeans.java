package io.segue.app;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.segue.api.observe.Meters;
import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.flow.record.AuditTrail;
import io.segue.recording.FileRecordings;
import io.segue.recording.Limits;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;

/** Makes what records calls, and says how it fares. */
class RecordingBeans {
    @Produces
    @Singleton
    FileRecordings recordings(SegueConfig config, AuditTrail audit, Meters meters) {
        KeptConfig.Recording set = config.recording();
        FileRecordings recordings = new FileRecordings(
                set.directory(),
                limits(set),
                new FileRecordings.Rules(
                        set.digitsSilence(),
                        ContactBeans.age(config.retention().recordings()),
                        deleted -> audit.record(
                                new Entry("retention.deleted", null, Actor.GATEWAY, Map.of("recordings", deleted)))),
                System::nanoTime,
                InstantSource.system());
        meters.gauge("segue_recordings_live", "Calls that are being recorded", Map.of(), recordings::live);
        meters.gauge("segue_recordings_bytes", "What all recordings take", Map.of(), recordings::bytes);
        meters.count("segue_recordings_begun", "Recordings begun", Map.of(), recordings::begun);
        meters.count(
                "segue_recordings_failed",
                "Recordings that were given up, or never begun",
                Map.of(),
                recordings::failed);
        meters.count(
                "segue_recordings_gaps",
                "Frames of 20 ms that stand as silence because the disk was slow",
                Map.of(),
                recordings::gaps);
        return recordings;
    }

    private static Limits limits(KeptConfig.Recording set) {
        Limits defaults = Limits.defaults();
        try {
            return new Limits(
                    set.callsMax(),
                    set.callBytesMax(),
                    set.bytesMax(),
                    defaults.placesMax(),
                    defaults.holdBackMs(),
                    defaults.abandonedMs());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("segue.recording.call-bytes-max: " + e.getMessage() + ".");
        }
    }
}
