package io.segue.flow.phone;

import io.segue.flow.leg.LegRecord;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.Source;
import io.segue.handoff.HandoffEffect.Why;
import io.segue.handoff.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A human's phones, several tabs for instance, that ring together (RFC 3261 16.6, 16.7): the first that answers is the one, the others are cancelled with
 * "Call completed elsewhere". To decline at one is to decline. Called on the call's thread.
 */
final class ForkedPhone implements Phone {
    private final Listener listener;
    private final List<Branch> branches = new ArrayList<>();
    private @Nullable Branch winner;
    private @Nullable Branch declined;
    private boolean ringing;
    private boolean over;

    /** @param makers each makes one phone that tells the listener it is given; two or more */
    ForkedPhone(List<Function<Listener, Phone>> makers, Listener listener) {
        this.listener = listener;
        makers.forEach(maker -> branches.add(new Branch(maker)));
    }

    @Override
    public void begin() {
        branches.forEach(branch -> branch.phone.begin());
    }

    @Override
    public boolean rings() {
        return true;
    }

    private Phone shown() {
        Branch won = winner;
        return won == null ? branches.getFirst().phone : won.phone;
    }

    @Override
    public MediaLeg media() {
        return shown().media();
    }

    @Override
    public void hear(Source source) {
        shown().hear(source);
    }

    @Override
    public void digits(String digits) {
        shown().digits(digits);
    }

    @Override
    public void relayed(char digit) {
        shown().relayed(digit);
    }

    @Override
    public void drop(Why why) {
        for (Branch branch : branches) {
            if (!branch.over) {
                branch.phone.drop(why);
            }
        }
    }

    @Override
    public LegRecord leg() {
        return shown().leg();
    }

    /** What was said last is the evidence; what says most of the human is the reason. */
    private void failed(Branch branch, Reason why, String evidence) {
        branch.over = true;
        branch.why = why;
        if (over || winner != null && winner != branch) {
            return;
        }
        if (why == Reason.HUMAN_DECLINED && declined == null) {
            declined = branch;
            cancelOthers(branch);
        }
        if (branches.stream().allMatch(other -> other.over)) {
            over = true;
            listener.failed(reason(), evidence);
        }
    }

    private Reason reason() {
        Branch refused = declined;
        if (refused != null && refused.why != null) {
            return refused.why;
        }
        List<Reason> all = branches.stream()
                .map(branch -> branch.why == null ? Reason.HUMAN_UNREACHABLE : branch.why)
                .toList();
        for (Reason telling : List.of(Reason.HUMAN_BUSY, Reason.HUMAN_NO_ANSWER)) {
            if (all.contains(telling)) {
                return telling;
            }
        }
        return all.getLast();
    }

    private void cancelOthers(Branch but) {
        for (Branch branch : branches) {
            if (branch != but && !branch.over) {
                branch.phone.drop(Why.ANSWERED_ELSEWHERE);
            }
        }
    }

    /** One of the phones, and what it says. */
    private final class Branch implements Listener {
        private final Phone phone;
        private boolean over;
        private @Nullable Reason why;

        Branch(Function<Listener, Phone> maker) {
            this.phone = maker.apply(this);
        }

        @Override
        public void ringing() {
            if (!ringing && winner == null) {
                ringing = true;
                listener.ringing();
            }
        }

        @Override
        public void answered() {
            if (winner != null || declined != null) {
                phone.drop(Why.ANSWERED_ELSEWHERE);
                return;
            }
            winner = this;
            cancelOthers(this);
            listener.answered();
        }

        @Override
        public void heard() {
            if (winner == this) {
                listener.heard();
            }
        }

        @Override
        public void failed(Reason reason, String evidence) {
            ForkedPhone.this.failed(this, reason, evidence);
        }

        @Override
        public void gone(String evidence) {
            over = true;
            if (winner == this) {
                listener.gone(evidence);
            } else {
                ForkedPhone.this.failed(this, Reason.LET_GO, evidence);
            }
        }

        @Override
        public void holds(boolean holding) {
            if (winner == this) {
                listener.holds(holding);
            }
        }

        @Override
        public void digit(char digit, boolean byRtp) {
            if (winner == this) {
                listener.digit(digit, byRtp);
            }
        }

        @Override
        public void reachable(boolean is) {
            if (winner == this) {
                listener.reachable(is);
            }
        }
    }
}
