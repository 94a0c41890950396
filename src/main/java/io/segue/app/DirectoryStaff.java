package io.segue.app;

import io.segue.flow.desk.Staff;
import io.segue.human.Human;
import io.segue.registry.Directory;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The staff of the desk, as the registry has it. */
record DirectoryStaff(Directory directory) implements Staff {
    @Override
    public List<Member> of(String queue) {
        return directory.humansOf(queue, List.of()).stream()
                .map(human -> new Member(human.id(), Set.copyOf(human.skills())))
                .toList();
    }

    @Override
    public Collection<String> everybody() {
        return directory.humans().stream().map(Human::id).toList();
    }
}
