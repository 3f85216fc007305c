package dev.renderworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.JobStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The job page in a real browser, with ten thousand jobs in the table. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobPageIT {
  private Site site;
  private Browser browser;

  @BeforeAll
  void open() throws IOException {
    Optional<Path> program = Browser.find();
    Assumptions.assumeTrue(
        program.isPresent(), "no Chromium here: apt install chromium-headless-shell");
    site = new Site(Optional.of("hello"), InstantSource.system());
    Exhibit.fill(site, 10_000);
    browser = new Browser(program.get());
    browser.size(1280, 900, false);
  }

  @AfterAll
  void close() {
    if (browser != null) {
      browser.close();
      site.close();
    }
  }

  @AfterEach
  void nothingWasForbiddenOrBroke() {
    if (browser != null) {
      assertEquals(List.of(), browser.complaints().stream().filter(this::isOurs).toList());
    }
  }

  /** That a job is not there is told by a 404, which the browser puts on its console. */
  private boolean isOurs(String complaint) {
    return !complaint.contains("404");
  }

  private void show(String hash) {
    browser.open(site.uri("/"), Site.authorization());
    browser.await("document.querySelectorAll('#jobs tr').length", "30"::equals);
    browser.value("location.hash = '" + hash + "'");
  }

  private void click(String selector) {
    assertEquals(
        "true",
        browser.value(
            "(e => e ? (e.click(), 'true') : 'false')(document.querySelector('" + selector + "'))"),
        selector);
  }

  private void awaitText(String selector, String text) {
    browser.await(
        "document.querySelector('" + selector + "')?.textContent ?? ''",
        shown -> shown.contains(text));
  }

  @Test
  void showsWhatGoesOn() {
    show("#/");

    awaitText("#rendering", "invoice-2026-0042");
    awaitText("#failed", "No composition with the ID YearInReveiw found");
    awaitText("#workers", "ip-10-0-1-17-811-6fd2a1c0");
    awaitText("#workers", "Paused by ACCESS_DENIED: The role may not invoke the function.");
    awaitText("#plot svg", "succeeded");
    awaitText("#fact-cost", "$");
    awaitText("#live", "Live");
  }

  @Test
  void progressMoves() {
    show("#/");
    awaitText("#rendering [data-key=\"a3f1c2\"] .pct", "12 %");

    site.jobs()
        .put("a3f1c2", JobStatus.RENDERING, site.now(), "composition", "x", "progress", 0.55);

    awaitText("#rendering [data-key=\"a3f1c2\"] .pct", "55 %");
    assertEquals(
        "55",
        browser.value(
            "document.querySelector('#rendering [data-key=\"a3f1c2\"] .bar').getAttribute('aria-valuenow')"));
  }

  /** It ends between the two reads that a picture takes them from. */
  @Test
  void jobInTwoListsOfAPictureHasOneRowWithItsLastState() {
    show("#/");
    String drawn =
        """
        import(location.origin + '/board.js').then(board => {
          const job = { jobId: 'twice', composition: 'hello' };
          const rendering = { ...job, status: 'RENDERING', updatedAt: '2026-11-25T12:00:00Z' };
          const ended = { ...job, status: 'CANCELLED', updatedAt: '2026-11-25T12:00:01Z' };
          board.draw({
            at: '2026-11-25T12:00:02Z', worker: { workerId: 'w', inFlight: 1, free: 1 },
            rendering: { jobs: [rendering] }, waiting: { jobs: [] }, ended: [ended],
            steps: Array(30).fill({ at: '2026-11-25T12:00:00Z', succeeded: 0, failed: 0 }),
            today: { costUsd: 0, succeeded: 0, since: '2026-11-25T00:00:00Z' }
          });
          return [...document.querySelectorAll('#jobs .status')].map(s => s.textContent).join();
        })
        """;

    assertEquals("Cancelled", browser.value(drawn));
  }

  @Test
  void markupInAJobIsTextAndNeverRuns() {
    show("#/jobs/markup");
    awaitText("#job .pairs", "<b>bold</b>");

    assertEquals(
        "0",
        browser.value(
            "document.querySelectorAll('#main script, #main b:not(.status), #job img').length"));
    assertTrue(browser.value("document.title").startsWith("markup"));
  }

  @Test
  void filterShowsOnlyWhatItNames() {
    show("#/");
    click("#filters button:nth-child(3)");

    browser.await(
        "[...new Set([...document.querySelectorAll('#jobs .status')].map(s => s.textContent))].sort().join()",
        "Queued,Retrying"::equals);
  }

  @Test
  void olderJobsComeOnDemand() {
    show("#/");
    click("#more");

    browser.await(
        "document.querySelectorAll('#jobs tr').length", rows -> Integer.parseInt(rows) > 30);
  }

  @Test
  void searchLeadsToTheJobOrSaysThatThereIsNone() {
    show("#/");
    browser.value("document.getElementById('search-id').value = ' order-85000 '");
    browser.value("document.getElementById('search').requestSubmit()");
    awaitText("#job h2", "order-85000");
    awaitText("#job .pairs", "Cost");

    browser.value("location.hash = '#/jobs/none'");
    awaitText("#job", "There is no such thing");
  }

  @Test
  void jobThatIsOpenedByItsAddressSaysNothingOfAConnection() {
    browser.open(site.uri("/#/jobs/markup"), Site.authorization());
    awaitText("#job h2", "markup");

    assertEquals("", browser.value("document.getElementById('live').textContent"));
  }

  @Test
  void cancelAsksFirst() {
    site.jobs().put("to-cancel", JobStatus.QUEUED, site.now(), "composition", "hello");
    show("#/jobs/to-cancel");
    awaitText("#job", "Cancel");

    click("[data-action=cancel]");
    browser.await("document.getElementById('confirm').open", "true"::equals);
    click("#confirm button[value=no]");
    browser.await("document.getElementById('confirm').open", "false"::equals);
    assertEquals("QUEUED", site.get("/jobs/to-cancel").text("status"));

    click("[data-action=cancel]");
    click("#confirm-yes");
    awaitText("#job .status", "Cancelled");
  }

  @Test
  void failedJobIsTriedAgain() {
    site.jobs()
        .put(
            "to-retry",
            JobStatus.FAILED,
            site.now(),
            "errorCode",
            "RENDER_LOST",
            "request",
            "{\"composition\":\"hello\"}");
    show("#/jobs/to-retry");
    awaitText("#job .problem", "RENDER_LOST");

    click("[data-action=retry]");
    click("#confirm-yes");

    awaitText("#job .status", "Queued");
    assertEquals("to-retry", site.queues().sent().getLast().jobId().orElseThrow().value());
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 768, 1280, 2560})
  void nothingIsCutOffAtAnyWidth(int width) {
    browser.size(width, 900, width < 500);
    show("#/");
    awaitText("#rendering", "invoice-2026-0042");

    String over = "document.documentElement.scrollWidth - innerWidth";
    assertEquals("0", browser.value(over));
    browser.value("location.hash = '#/jobs/invoice-2026-0042'");
    awaitText("#job .pairs", "remotionlambda-useast1-abcdefghij");
    assertEquals("0", browser.value(over));
    browser.size(1280, 900, false);
  }
}
