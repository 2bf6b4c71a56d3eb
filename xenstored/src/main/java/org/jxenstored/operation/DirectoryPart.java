package org.jxenstored.operation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Numbers;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.transaction.Answer;
import org.jxenstored.transaction.Draft;

/** DIRECTORY_PART: a listing of any length, piece by piece (P-DIRP). */
public enum DirectoryPart implements StoreOperation {
    INSTANCE;

    @Override
    public boolean onlyLooks() {
        return true;
    }

    @Override
    public Answer run(Draft draft, Caller caller, Value payload) {
        List<String> arguments = Arguments.all(payload);
        if (arguments.size() != 2) {
            return Answer.Failed.with(Errno.EINVAL);
        }
        Optional<NodePath> path = caller.path(arguments.getFirst());
        OptionalLong offset = Numbers.decimalOrMax(arguments.getLast());
        if (!(path.orElse(null) instanceof StorePath inTree) || offset.isEmpty()) {
            return Answer.Failed.with(Errno.EINVAL);
        }
        return Read.of(
                draft,
                caller,
                inTree,
                node -> new Answer.ListingPart(node.children(), offset.getAsLong(), node.generation()));
    }
}
