package dev.renderworker.local.wire;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The faults in force. */
public final class Faults {
  private final List<InjectedFault> inForce = new CopyOnWriteArrayList<>();
  private final AtomicInteger lastId = new AtomicInteger();

  /** Puts a fault in force. */
  public InjectedFault inject(Fault fault) {
    InjectedFault injected = new InjectedFault(lastId.incrementAndGet(), fault);
    inForce.add(injected);
    return injected;
  }

  /** The faults in force, oldest first. */
  public List<InjectedFault> all() {
    return List.copyOf(inForce);
  }

  /** The fault of that number, if it is in force. */
  public Optional<InjectedFault> find(int id) {
    return inForce.stream().filter(fault -> fault.id() == id).findFirst();
  }

  /** Ends a fault and lets go on what it holds. */
  public void remove(InjectedFault fault) {
    inForce.remove(fault);
    fault.release();
  }

  /** Ends every fault. */
  public void clear() {
    inForce.forEach(this::remove);
  }

  List<InjectedFault> striking(String service, String operation, Request request) {
    if (inForce.isEmpty()) {
      return List.of();
    }
    return inForce.stream()
        .filter(injected -> injected.fault().calls().matches(service, operation, request))
        .filter(InjectedFault::strikes)
        .toList();
  }
}
