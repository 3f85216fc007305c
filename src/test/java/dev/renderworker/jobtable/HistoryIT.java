package dev.renderworker.jobtable;

import static dev.renderworker.jobtable.JobTables.ANNA;
import static dev.renderworker.jobtable.JobTables.at;
import static dev.renderworker.jobtable.JobTables.claim;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.local.LocalAws;
import dev.renderworker.worker.Claim;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(SharedAws.class)
class HistoryIT {
  private final LocalAws aws;

  private JobTables tables;
  private DynamoJobLedger ledger;

  HistoryIT(LocalAws aws) {
    this.aws = aws;
  }

  @BeforeEach
  void makeTables() {
    tables = new JobTables(aws);
    ledger = tables.ledger();
  }

  @AfterEach
  void closeClient() {
    tables.close();
  }

  @Test
  void jobPutBackForEverKeepsOnlyTheLastOfItsHistory() {
    Claim claim = claim(ANNA, 1);
    for (int round = 0; round < 60; round++) {
      boolean claimed =
          ledger.claimNew(claim).map(inTheWay -> ledger.claim(inTheWay, claim)).orElse(true);
      assertTrue(claimed, "round " + round);
      ledger.putBack(claim.ownership(), 0, "round " + round, at(round));
      assertTrue(tables.history().size() <= 50, "entries: " + tables.history().size());
    }

    assertEquals("QUEUED (round 59)", tables.history().getLast());
    assertTrue(tables.history().contains("QUEUED (round 42)"), tables.history().toString());
  }
}
