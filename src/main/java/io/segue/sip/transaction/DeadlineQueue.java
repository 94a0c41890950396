package io.segue.sip.transaction;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Transactions by their next deadline: a binary heap in which each knows its place, so that a changed deadline leaves nothing behind. */
final class DeadlineQueue {
    private @Nullable Transaction[] heap = new Transaction[64];
    private int size;

    /** The earliest deadline in milliseconds, {@link Transaction#NEVER} when there is none. */
    long next() {
        return size == 0 ? Transaction.NEVER : at(0).queuedFor;
    }

    /** The transaction whose deadline comes first, if it has come by now; it stays in its place. */
    @Nullable
    Transaction due(long now) {
        return next() <= now ? at(0) : null;
    }

    /** Puts the transaction where its deadline belongs now. */
    void place(Transaction transaction) {
        long deadline = transaction.deadline();
        if (deadline == Transaction.NEVER) {
            remove(transaction);
            return;
        }
        if (transaction.place < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            transaction.queuedFor = deadline;
            set(size, transaction);
            up(size++);
        } else if (deadline != transaction.queuedFor) {
            boolean earlier = deadline < transaction.queuedFor;
            transaction.queuedFor = deadline;
            if (earlier) {
                up(transaction.place);
            } else {
                down(transaction.place);
            }
        }
    }

    void remove(Transaction transaction) {
        int hole = transaction.place;
        if (hole < 0) {
            return;
        }
        transaction.place = -1;
        Transaction last = at(--size);
        heap[size] = null;
        if (last != transaction) {
            set(hole, last);
            up(hole);
            down(last.place);
        }
    }

    private void up(int from) {
        int index = from;
        Transaction moving = at(index);
        while (index > 0) {
            int parent = (index - 1) / 2;
            if (at(parent).queuedFor <= moving.queuedFor) {
                break;
            }
            set(index, at(parent));
            index = parent;
        }
        set(index, moving);
    }

    private void down(int from) {
        int index = from;
        Transaction moving = at(index);
        while (2 * index + 1 < size) {
            int child = 2 * index + 1;
            if (child + 1 < size && at(child + 1).queuedFor < at(child).queuedFor) {
                child++;
            }
            if (at(child).queuedFor >= moving.queuedFor) {
                break;
            }
            set(index, at(child));
            index = child;
        }
        set(index, moving);
    }

    private Transaction at(int index) {
        Transaction transaction = heap[index];
        if (transaction == null) {
            throw new IllegalStateException("a hole in the heap at " + index);
        }
        return transaction;
    }

    private void set(int index, Transaction transaction) {
        heap[index] = transaction;
        transaction.place = index;
    }
}
