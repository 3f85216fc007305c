package dev.renderworker.http;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Takes pictures of the job page with made-up jobs, for the eyes: into target/screenshots. */
public final class Screenshots {
  private static final Path FOLDER = Path.of("target", "screenshots");

  private Screenshots() {}

  /** Takes them all. */
  public static void main(String[] args) throws Exception {
    Files.createDirectories(FOLDER);
    try (Site site = new Site(Optional.of("hello"), InstantSource.system());
        Browser browser = new Browser(Browser.find().orElseThrow())) {
      Exhibit.fill(site, 700);
      for (String scheme : new String[] {"light", "dark"}) {
        browser.colours(scheme);
        browser.size(1440, 1250, false);
        shoot(browser, site.uri("/#/"), "desktop-" + scheme);
        shoot(browser, site.uri("/#/jobs/campaign-fall-3"), "job-" + scheme);
        browser.size(390, 1500, true);
        shoot(browser, site.uri("/#/"), "phone-" + scheme);
      }
      browser.size(390, 1100, true);
      shoot(browser, site.uri("/#/jobs/invoice-2026-0042"), "phone-job");
      System.out.println(browser.complaints());
    }
  }

  private static void shoot(Browser browser, URI address, String name) {
    browser.open(address, Site.authorization());
    browser.await(
        "document.querySelectorAll(location.hash.length > 2 ? '.pairs' : '#jobs tr').length",
        text -> !text.isEmpty() && !text.equals("0"));
    browser.value("new Promise(done => setTimeout(done, 700))");
    browser.screenshot(FOLDER.resolve(name + ".png"));
  }
}
