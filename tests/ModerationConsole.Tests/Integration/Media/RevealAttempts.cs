using System.Net;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;
using Microsoft.EntityFrameworkCore;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>Every way we know to try for a byte above the blurred still, with what must come of it.</summary>
internal static class RevealAttempts
{
    private const string Someone = "00000000-0000-7000-8000-000000000000";

    public static IReadOnlyList<Attempt> All { get; } =
    [
        // Without a reveal, or with what is none
        Forbidden("no reveal", stage => stage.GetAsync("1"), MediaGateOutcome.NoReveal),
        Forbidden("no reveal for the original", stage => stage.GetAsync("3"), MediaGateOutcome.NoReveal),
        Forbidden("empty reveal", stage => stage.GetAsync("1", "?reveal="), MediaGateOutcome.NoReveal),
        Forbidden("guessed reveal", stage => stage.GetAsync("1", $"?reveal={Guid.NewGuid()}"), MediaGateOutcome.NoReveal),
        Forbidden("well-known reveal", stage => stage.GetAsync("1", $"?reveal={Guid.Empty}"), MediaGateOutcome.NoReveal),
        Forbidden("reveal that is no id", stage => stage.GetAsync("1", "?reveal=true"), MediaGateOutcome.NoReveal),
        Forbidden("SQL for a reveal", stage => stage.GetAsync("1", "?reveal=%27%20OR%201%3D1%20--"), MediaGateOutcome.NoReveal),
        Forbidden("two reveals, the right one first", async stage => await stage.GetAsync("1", $"?reveal={await stage.RevealAsync()}&reveal={Guid.NewGuid()}"), MediaGateOutcome.NoReveal),
        Forbidden("two reveals, the right one last", async stage => await stage.GetAsync("1", $"?reveal={Guid.NewGuid()}&reveal={await stage.RevealAsync()}"), MediaGateOutcome.NoReveal),
        Forbidden("the right reveal twice", async stage => await stage.RevealAsync() is var id ? await stage.GetAsync("1", $"?reveal={id}&reveal={id}") : null!, MediaGateOutcome.NoReveal),
        Forbidden("reveal in another spelling", async stage => await stage.GetAsync("1", $"?reveal={await stage.RevealAsync():B}"), MediaGateOutcome.NoReveal),
        Forbidden("reveal in a header", async stage => await stage.SendAsync(HttpMethod.Get, stage.Path("1"), null, ("Reveal", $"{await stage.RevealAsync()}")), MediaGateOutcome.NoReveal),
        Forbidden("media's own id as reveal", stage => stage.GetAsync("1", $"?reveal={stage.Scene.MediaId}"), MediaGateOutcome.NoReveal),

        // With a reveal that is not for this
        Forbidden("another person's reveal", OtherPersonAsync, MediaGateOutcome.RevealOfAnother),
        Forbidden("another person's reveal, with a case of one's own", OtherPersonAtWorkAsync, MediaGateOutcome.RevealOfAnother),
        Forbidden("the auditor with a moderator's reveal", async stage => await stage.SendAsync(HttpMethod.Get, stage.Path(1, await stage.RevealAsync()), (await stage.SomeoneAsync(Roles.Auditor)).Visitor), MediaGateOutcome.RevealOfAnother),
        Forbidden("reveal of other media", OtherMediaAsync, MediaGateOutcome.RevealOfOtherMedia),
        Forbidden("reveal of bytes that were replaced", async stage => await stage.GetAsync(1, await stage.ForgeAsync(sha256: new string('0', 64))), MediaGateOutcome.RevealOfOtherMedia),
        Forbidden("a higher step than granted", async stage => await stage.GetAsync(2, await stage.RevealAsync()), MediaGateOutcome.RevealOfOtherStep),
        Forbidden("the original with the grey still's reveal", async stage => await stage.GetAsync(3, await stage.RevealAsync()), MediaGateOutcome.RevealOfOtherStep),
        Forbidden("a lower step than granted", async stage => await stage.GetAsync(1, await stage.RevealAsync(MediaStep.Original)), MediaGateOutcome.RevealOfOtherStep),
        Forbidden("reveal with another task's fencing number", async stage => await stage.GetAsync(1, await stage.ForgeAsync(task: stage.Scene.Drawn with { Fence = stage.Scene.Drawn.Fence + 1 })), MediaGateOutcome.LeaseOver),
        Forbidden("reveal with a task that was never drawn", async stage => await stage.GetAsync(1, await stage.ForgeAsync(task: new DrawnTask(999_999, 1))), MediaGateOutcome.LeaseOver),

        // With a reveal that is over
        Forbidden("after it was hidden", HiddenAsync, MediaGateOutcome.RevealEnded),
        Forbidden("in a second tab after the first hid it", HiddenAsync, MediaGateOutcome.RevealEnded),
        Forbidden("after its time", async stage => await stage.GetAsync(1, await stage.ForgeAsync(age: TimeSpan.FromMinutes(6))), MediaGateOutcome.RevealExpired),
        Gone("after the task went back", stage => stage.Scene.ReleaseAsync()),
        Gone("after the task was taken away", stage => stage.Scene.ReleaseAsync(LeaseEnd.Revoked)),
        Gone("after a skip", stage => stage.Use<ReleaseTask>().RunAsync(Caller.Person(stage.PersonId), stage.Scene.Drawn.Number, stage.Scene.Drawn.Fence, exclude: true, Cancel)),
        Gone("after the verdict", DecideAsync),
        Gone("after the verdict was undone", async stage => await UndoAsync(stage, await DecideAsync(stage))),
        Gone("after the lease ran out", stage => stage.Scene.WriteAsync(scope => ChangeLeaseAsync(scope, stage, lease => lease.ExpiresAt = scope.Now.AddSeconds(-1)))),
        Gone("after the task became the spare", stage => stage.Scene.WriteAsync(scope => ChangeLeaseAsync(scope, stage, lease => lease.Slot = LeaseSlot.Spare))),
        Gone("after it was drawn again", async stage =>
        {
            await stage.Scene.ReleaseAsync();
            await stage.Scene.DrawAsync(stage.PersonId);
        }),
        Gone("after the case was withdrawn", stage => stage.Use<WithdrawCase>().RunAsync(Caller.System, stage.Scene.Case.Number, Cancel)),

        // By tiles
        Forbidden("a tile without a reveal", stage => stage.GetAsync("1", "?x=0&y=0"), MediaGateOutcome.NoReveal),
        Forbidden("a tile with a reveal of the whole", async stage => await stage.GetAsync("1", $"?reveal={await stage.RevealAsync()}&x=0&y=0"), MediaGateOutcome.RevealOfOtherPart),
        Forbidden("the whole with a reveal of tiles", async stage => await stage.GetAsync(1, await stage.RevealTilesAsync()), MediaGateOutcome.RevealOfOtherPart),
        Forbidden("a tile of a higher step", async stage => await stage.GetAsync("2", $"?reveal={await stage.RevealTilesAsync()}&x=0&y=0"), MediaGateOutcome.RevealOfOtherStep),
        Forbidden("a tile of other media", async stage => await OtherTilesAsync(stage), MediaGateOutcome.RevealOfOtherMedia),
        Forbidden("another person's tile", async stage => await stage.SendAsync(HttpMethod.Get, stage.Path("1", $"?reveal={await stage.RevealTilesAsync()}&x=0&y=0"), (await stage.SomeoneAsync(Roles.Moderator)).Visitor), MediaGateOutcome.RevealOfAnother),
        Forbidden("a tile after it was hidden", async stage =>
        {
            Guid reveal = await stage.RevealTilesAsync();
            await stage.Use<HideMedia>().RunAsync(Caller.Person(stage.PersonId), reveal, Cancel);
            return await stage.GetAsync("1", $"?reveal={reveal}&x=0&y=0");
        }, MediaGateOutcome.RevealEnded),
        Forbidden("a tile after the task went back", async stage =>
        {
            Guid reveal = await stage.RevealTilesAsync();
            await stage.Scene.ReleaseAsync();
            return await stage.GetAsync("1", $"?reveal={reveal}&x=0&y=0");
        }, MediaGateOutcome.LeaseOver),
        NoTile("a tile of the original", async stage => await stage.GetAsync("3", $"?reveal={await stage.ForgeAsync(MediaStep.Original, filters: """{"blur":0,"grey":false,"region":true}""")}&x=0&y=0")),
        NoTile("a tile of the blurred still", async stage => await stage.GetAsync("0", $"?reveal={await stage.RevealTilesAsync()}&x=0&y=0")),
        NoTile("a tile beyond the right edge", async stage => await stage.GetAsync("1", $"?reveal={await stage.RevealTilesAsync()}&x=4&y=0")),
        NoTile("a tile beyond the lower edge", async stage => await stage.GetAsync("1", $"?reveal={await stage.RevealTilesAsync()}&x=0&y=9")),
        NoTile("a tile before the left edge", async stage => await stage.GetAsync("1", $"?reveal={await stage.RevealTilesAsync()}&x=-1&y=0")),
        NoTile("a tile by one number", async stage => await stage.GetAsync("1", $"?reveal={await stage.RevealTilesAsync()}&x=0")),
        NoTile("a tile by no number", async stage => await stage.GetAsync("1", $"?reveal={await stage.RevealTilesAsync()}&x=&y=")),
        NoTile("a tile with two columns", async stage => await stage.GetAsync("1", $"?reveal={await stage.RevealTilesAsync()}&x=0&x=1&y=0")),
        NoTile("a tile in another spelling", async stage => await stage.GetAsync("1", $"?reveal={await stage.RevealTilesAsync()}&x=00&y=+1")),
        NoTile("a tile of another script", async stage => await stage.GetAsync("1", $"?reveal={await stage.RevealTilesAsync()}&x=%D9%A1&y=0")),
        NoTile("tiles of all", async stage => await stage.GetAsync("1", $"?reveal={await stage.RevealTilesAsync()}&x=*&y=*")),

        // As someone who may not, or may no longer
        Attempted("signed out", async stage => await AfterAsync(stage, () => stage.Use<SignOut>().RunAsync(Caller.Person(stage.PersonId), null, Cancel)), HttpStatusCode.Unauthorized, MediaGateOutcome.NotSignedIn),
        Attempted("a stranger", async stage => await stage.SendAsync(HttpMethod.Get, stage.Path("1"), Stranger(stage)), HttpStatusCode.Unauthorized, MediaGateOutcome.NotSignedIn),
        Attempted("a stranger with the whole address", async stage => await stage.SendAsync(HttpMethod.Get, stage.Path(1, await stage.RevealAsync()), Stranger(stage)), HttpStatusCode.Unauthorized, MediaGateOutcome.NotSignedIn),
        Attempted("a key instead of a person", async stage => await stage.SendAsync(HttpMethod.Get, stage.Path(1, await stage.RevealAsync()), Stranger(stage), ("X-API-KEY", stage.Console.ApiKey)), HttpStatusCode.Unauthorized, MediaGateOutcome.NotSignedIn),
        Attempted("a disabled account", async stage => await AfterAsync(stage, () => stage.Use<DisablePerson>().RunAsync(Caller.System, stage.PersonId, Cancel)), HttpStatusCode.Unauthorized, MediaGateOutcome.NotSignedIn),
        Attempted("a role that was taken", async stage => await AfterAsync(stage, () => stage.Use<SetRoles>().RunAsync(Caller.System, stage.PersonId, [], Cancel)), HttpStatusCode.Forbidden, MediaGateOutcome.MayNotViewCases),
        Attempted("a role that only reads", async stage => await AfterAsync(stage, () => stage.Use<SetRoles>().RunAsync(Caller.System, stage.PersonId, [Roles.Analyst], Cancel)), HttpStatusCode.Forbidden, MediaGateOutcome.MayNotReveal),
        Attempted("a reason without the permission", async stage => await stage.GetAsync(1, await stage.ForgeAsync(byReason: true)), HttpStatusCode.Forbidden, MediaGateOutcome.MayNotReveal),
        Attempted("an admin", async stage => await stage.SendAsync(HttpMethod.Get, stage.Path(1, await stage.RevealAsync()), (await stage.SomeoneAsync(Roles.Admin)).Visitor), HttpStatusCode.Forbidden, MediaGateOutcome.MayNotViewCases),
        Attempted("child safety without its permission", async stage => await AfterAsync(stage, () => stage.Scene.WriteAsync(scope => ChildSafetyAsync(scope, stage))), HttpStatusCode.NotFound, MediaGateOutcome.MayNotViewChildSafety),
        Attempted("a case that became child safety", async stage => await AfterAsync(stage, () => stage.Use<MarkChildSafety>().RunAsync(Caller.Person(stage.PersonId), stage.Scene.Drawn.Number, stage.Scene.Drawn.Fence, Cancel)), HttpStatusCode.NotFound, MediaGateOutcome.MayNotViewChildSafety),
        Attempted("a case that may not be known of", async stage => await AfterAsync(stage, () => stage.Scene.WriteAsync(scope =>
            scope.Db.Set<Case>().Where(row => row.Number == stage.Scene.Case.Number).ExecuteUpdateAsync(set => set.SetProperty(row => row.Sensitivity, Sensitivity.ChildSafety), CancellationToken.None))), HttpStatusCode.NotFound, MediaGateOutcome.NoCase),

        // By other methods and headers
        Forbidden("HEAD", stage => stage.SendAsync(HttpMethod.Head, stage.Path("1")), MediaGateOutcome.NoReveal),
        Attempted("OPTIONS", async stage => await stage.SendAsync(HttpMethod.Options, stage.Path(1, await stage.RevealAsync())), HttpStatusCode.MethodNotAllowed, MediaGateOutcome.MethodNotAllowed),
        Attempted("POST", async stage => await stage.SendAsync(HttpMethod.Post, stage.Path(1, await stage.RevealAsync())), HttpStatusCode.MethodNotAllowed, MediaGateOutcome.MethodNotAllowed),
        Attempted("PUT", async stage => await stage.SendAsync(HttpMethod.Put, stage.Path(1, await stage.RevealAsync())), HttpStatusCode.MethodNotAllowed, MediaGateOutcome.MethodNotAllowed),
        Forbidden("GET said to be overridden", stage => stage.SendAsync(HttpMethod.Get, stage.Path("1"), null, ("X-HTTP-Method-Override", "HEAD")), MediaGateOutcome.NoReveal),
        Forbidden("a part", stage => stage.SendAsync(HttpMethod.Get, stage.Path("3"), null, ("Range", "bytes=0-")), MediaGateOutcome.NoReveal),
        Forbidden("many parts", stage => stage.SendAsync(HttpMethod.Get, stage.Path("3"), null, ("Range", "bytes=0-9,20-29")), MediaGateOutcome.NoReveal),
        Forbidden("if it has changed", stage => stage.SendAsync(HttpMethod.Get, stage.Path("1"), null, ("If-None-Match", "\"x\""), ("If-Modified-Since", "Mon, 01 Jan 2024 00:00:00 GMT")), MediaGateOutcome.NoReveal),
        Forbidden("a part if it has not changed", stage => stage.SendAsync(HttpMethod.Get, stage.Path("3"), null, ("Range", "bytes=0-9"), ("If-Range", "\"x\"")), MediaGateOutcome.NoReveal),
        Forbidden("opened by itself", async stage => await stage.SendAsync(HttpMethod.Get, stage.Path(1, await stage.RevealAsync()), null, ("Sec-Fetch-Dest", "document"), ("Sec-Fetch-Site", "none")), MediaGateOutcome.NotFromPage),
        Forbidden("in a frame", async stage => await stage.SendAsync(HttpMethod.Get, stage.Path(1, await stage.RevealAsync()), null, ("Sec-Fetch-Dest", "iframe"), ("Sec-Fetch-Site", "same-origin")), MediaGateOutcome.NotFromPage),
        Forbidden("from another site", async stage => await stage.SendAsync(HttpMethod.Get, stage.Path(1, await stage.RevealAsync()), null, ("Sec-Fetch-Dest", "image"), ("Sec-Fetch-Site", "cross-site")), MediaGateOutcome.NotFromPage),

        // By other spellings of the address
        Forbidden("a slash behind", stage => stage.GetAsync("1/"), MediaGateOutcome.NoReveal),
        Forbidden("the step encoded", stage => stage.GetAsync("%31"), MediaGateOutcome.NoReveal),
        Forbidden("the route in capitals", stage => stage.SendAsync(HttpMethod.Get, stage.Path("1").Replace("/media", "/MEDIA", StringComparison.Ordinal)), MediaGateOutcome.NoReveal),
        Forbidden("the id in capitals", stage => stage.SendAsync(HttpMethod.Get, $"/media/{stage.Scene.MediaId.ToString().ToUpperInvariant()}/1"), MediaGateOutcome.NoReveal),
        Odd("a zero before", "01"),
        Odd("a plus before", "+1"),
        Odd("a step that is too high", "4"),
        Odd("a huge step", "99999999999999999999"),
        Odd("a negative step", "-1"),
        Odd("a step of another script", "%EF%BC%91"),
        Odd("a step encoded twice", "%2531"),
        Odd("a step with more behind", "1;v=2"),
        Odd("a step with a name", "1.jpg"),
        Odd("a step with a space", "%201"),
        Odd("a step by its name", "GreyStill"),
        Attempted("the id without dashes", stage => stage.SendAsync(HttpMethod.Get, $"/media/{stage.Scene.MediaId:N}/1"), HttpStatusCode.NotFound, null),
        Attempted("media that never was", stage => stage.SendAsync(HttpMethod.Get, $"/media/{Someone}/1"), HttpStatusCode.NotFound, null),
        Attempted("a path out of the store", stage => stage.SendAsync(HttpMethod.Get, $"/media/{stage.Scene.MediaId}/..%2F..%2Fmedia"), HttpStatusCode.NotFound, MediaGateOutcome.NoSuchStep),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Attempt Attempted(string name, Func<AttemptStage, Task<HttpResponseMessage>> attempt, HttpStatusCode expected, MediaGateOutcome? recorded) =>
        new(name, attempt, expected, recorded);

    private static Attempt Forbidden(string name, Func<AttemptStage, Task<HttpResponseMessage>> attempt, MediaGateOutcome recorded) =>
        new(name, attempt, HttpStatusCode.Forbidden, recorded);

    private static Attempt Gone(string name, Func<AttemptStage, Task> happens) =>
        new(name, stage => AfterAsync(stage, () => happens(stage)), HttpStatusCode.Forbidden, MediaGateOutcome.LeaseOver);

    private static Attempt NoTile(string name, Func<AttemptStage, Task<HttpResponseMessage>> attempt) =>
        new(name, attempt, HttpStatusCode.NotFound, MediaGateOutcome.NoSuchTile);

    private static Attempt Odd(string name, string step) =>
        new(name, async stage => await stage.GetAsync(step, $"?reveal={await stage.RevealAsync()}"), HttpStatusCode.NotFound, MediaGateOutcome.NoSuchStep);

    // Granted, then something happens, then asked for.
    private static async Task<HttpResponseMessage> AfterAsync(AttemptStage stage, Func<Task> happens)
    {
        Guid reveal = await stage.RevealAsync();
        await happens();
        return await stage.GetAsync(1, reveal);
    }

    private static async Task<HttpResponseMessage> OtherPersonAsync(AttemptStage stage) =>
        await stage.SendAsync(HttpMethod.Get, stage.Path(1, await stage.RevealAsync()), (await stage.SomeoneAsync(Roles.Moderator)).Visitor);

    private static async Task<HttpResponseMessage> OtherPersonAtWorkAsync(AttemptStage stage)
    {
        (Visitor other, Guid id) = await stage.SomeoneAsync(Roles.Lead);
        await MediaCase.OnScreenAsync(stage.Console.Services, id);
        return await stage.SendAsync(HttpMethod.Get, stage.Path(1, await stage.RevealAsync()), other);
    }

    private static async Task<HttpResponseMessage> OtherMediaAsync(AttemptStage stage)
    {
        (Visitor other, Guid id) = await stage.SomeoneAsync(Roles.Moderator);
        MediaCase own = await MediaCase.OnScreenAsync(stage.Console.Services, id);
        return await stage.SendAsync(HttpMethod.Get, stage.Path(1, await own.RevealAsync(id)), other);
    }

    private static async Task<HttpResponseMessage> OtherTilesAsync(AttemptStage stage)
    {
        (Visitor other, Guid id) = await stage.SomeoneAsync(Roles.Moderator);
        MediaCase own = await MediaCase.OnScreenAsync(stage.Console.Services, id);
        return await stage.SendAsync(HttpMethod.Get, stage.Path("1", $"?reveal={await own.RevealAsync(id, byRegion: true)}&x=0&y=0"), other);
    }

    private static async Task<HttpResponseMessage> HiddenAsync(AttemptStage stage)
    {
        Guid reveal = await stage.RevealAsync();
        using (HttpResponseMessage served = await stage.GetAsync(1, reveal))
        {
            Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        }

        Assert.Equal(HideOutcome.Hidden, await stage.Use<HideMedia>().RunAsync(Caller.Person(stage.PersonId), reveal, Cancel));
        return await stage.GetAsync(1, reveal);
    }

    private static Task<DecideResult> DecideAsync(AttemptStage stage) => stage.Use<DecideCase>().RunAsync(
        Caller.Person(stage.PersonId), new DecideCommand(stage.Scene.Drawn.Number, stage.Scene.Drawn.Fence, Verdict.Allow), Cancel);

    private static async Task UndoAsync(AttemptStage stage, DecideResult decided) =>
        Assert.Equal(UndoOutcome.Undone, (await stage.Use<UndoDecision>().RunAsync(Caller.Person(stage.PersonId), decided.DecisionId!.Value, Cancel)).Outcome);

    private static Visitor Stranger(AttemptStage stage) => new(stage.Console);

    private static async Task ChangeLeaseAsync(Core.Data.WriteScope scope, AttemptStage stage, Action<ActiveLease> change) =>
        change(await scope.Db.Set<ActiveLease>().SingleAsync(row => row.TaskNumber == stage.Scene.Drawn.Number, CancellationToken.None));

    private static Task<int> ChildSafetyAsync(Core.Data.WriteScope scope, AttemptStage stage) =>
        scope.Db.Set<MediaObject>().Where(row => row.Id == stage.Scene.MediaId).ExecuteUpdateAsync(set => set.SetProperty(row => row.ChildSafety, true), CancellationToken.None);
}
