package io.segue.app;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.segue.api.insight.InsightDocuments;
import io.segue.archive.Database;
import io.segue.archive.InsightRows;
import io.segue.archive.LoopWatch;
import io.segue.flow.record.EventLog;
import io.segue.flow.review.Insights;
import io.segue.insight.Finding;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Makes what figures of past calls are made of, and tells of those that move the wrong way. */
class InsightBeans {
    private static final Logger LOG = Logger.getLogger(InsightBeans.class);
    private static final Duration EVERY_MIN = Duration.ofSeconds(1);

    @Produces
    @Singleton
    Insights insights(Database database, SegueConfig config) {
        int seconds = Math.max(1, Math.toIntExact(config.api().timeout().toSeconds()));
        return new InsightRows(database, listed(config), seconds);
    }

    @Produces
    @Singleton
    @Startup
    LoopWatch loopWatch(Database database, SegueConfig config, EventLog events, LoopMeters meters) {
        PeopleConfig.Insight set = config.insight();
        if (set.alarmEvery().compareTo(EVERY_MIN) < 0) {
            throw new ConfigurationException("segue.insight.alarm-every has to be 1s or longer");
        }
        if (set.alarmSamplesMin() < 1) {
            throw new ConfigurationException("segue.insight.alarm-samples-min has to be 1 or more");
        }
        LoopWatch watch = new LoopWatch(
                database,
                listed(config),
                set.alarmEvery(),
                set.alarmSamplesMin(),
                InstantSource.system(),
                new LoopWatch.Listener() {
                    @Override
                    public void changed(Finding finding) {
                        tell(finding);
                        events.publish("alarm", InsightDocuments.of(finding));
                    }

                    @Override
                    public void read(List<Finding> findings, Map<List<String>, Long> labels) {
                        meters.show(findings, labels);
                    }
                });
        watch.start();
        return watch;
    }

    private static void tell(Finding finding) {
        String metric = finding.trend().metric().wire();
        if (finding.alarm()) {
            LOG.warnf(
                    "%s of agent %s moves the wrong way: %.3f (n %d) in the last week, %.3f (n %d) in the one before",
                    metric,
                    finding.agent(),
                    finding.trend().after(),
                    finding.trend().nAfter(),
                    finding.trend().before(),
                    finding.trend().nBefore());
        } else {
            LOG.infof("%s of agent %s moves the wrong way no longer", metric, finding.agent());
        }
    }

    private static List<String> listed(SegueConfig config) {
        return config.insight().edgeIntents().orElse(List.of());
    }
}
