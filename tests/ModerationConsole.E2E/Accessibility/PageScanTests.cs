using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Core.People.OwnRoles;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Audit;
using ModerationConsole.E2E.Support;
using ModerationConsole.Web.Security;

namespace ModerationConsole.E2E.Accessibility;

/// <summary>Every page of the product as someone who may see it. A page that is new to the product is new to this list.</summary>
public sealed class PageScanTests(ConsoleFixture console)
{
    private const string Nobody = "";
    private const string Admin = "admin@demo.local";
    private const string Expert = "expert@demo.local";
    private const string Lead = "lead@demo.local";
    private const string Auditor = "auditor@demo.local";
    private const string Moderator = "moderator@demo.local";

    /// <summary>Who opens each page, and with which values in its address.</summary>
    private static readonly Dictionary<string, string> s_visitors = new(StringComparer.Ordinal)
    {
        ["/"] = "analyst@demo.local",
        ["/not-found"] = Moderator,
        ["/review"] = Moderator,
        ["/review/{Slug}"] = Moderator,
        ["/cases"] = Lead,
        ["/cases/{Number:long}"] = Lead,
        ["/cases/batches"] = Lead,
        ["/cases/batches/{Number:long}"] = Lead,
        ["/inbox"] = Lead,
        ["/queues"] = Lead,
        ["/quality"] = Lead,
        ["/quality/plans"] = Lead,
        ["/quality/golden"] = Expert,
        ["/quality/golden/{Id:guid}"] = Lead,
        ["/quality/calibration"] = Moderator,
        ["/quality/calibration/new"] = Lead,
        ["/quality/calibration/{Id:guid}"] = Moderator,
        ["/quality/calibration/{Id:guid}/edit"] = Lead,
        ["/quality/results"] = Moderator,
        ["/quality/results/{Id:guid}"] = Moderator,
        ["/quality/explain"] = Lead,
        ["/quality/explain/{Id:guid}"] = Lead,
        ["/quality/disputes"] = Lead,
        ["/quality/disputes/{Id:guid}"] = Expert,
        ["/quality/coaching"] = Lead,
        ["/quality/coaching/{Id:guid}"] = Moderator,
        ["/quality/coaching/new"] = Lead,
        ["/quality/plans/new"] = Lead,
        ["/quality/plans/{Id:guid}"] = Lead,
        ["/quality/samples"] = Lead,
        ["/quality/settings"] = Lead,
        ["/escalations"] = Expert,
        ["/escalations/{Number:long}"] = Expert,
        ["/escalations/areas"] = Expert,
        ["/escalations/precedents"] = Expert,
        ["/escalations/precedents/new"] = Expert,
        ["/escalations/precedents/{Number:long}"] = Expert,
        ["/escalations/precedents/{Number:long}/edit"] = Expert,
        ["/actors"] = Lead,
        ["/actors/account"] = Lead,
        ["/actors/strikes"] = Expert,
        ["/appeals"] = Lead,
        ["/appeals/{Number:long}"] = Expert,
        ["/policies"] = Moderator,
        ["/policies/{Id}"] = Moderator,
        ["/policies/new"] = Expert,
        ["/policies/{Id}/edit"] = Expert,
        ["/policies/{Id}/draft"] = Expert,
        ["/policies/{Id}/draft/trial"] = Expert,
        ["/my-shift"] = Lead,
        ["/audit"] = Auditor,
        ["/audit/alarms"] = Auditor,
        ["/admin"] = Admin,
        ["/admin/clocks"] = Lead,
        ["/admin/clocks/new"] = Expert,
        ["/admin/clocks/{Number:long}"] = Lead,
        ["/admin/approvals"] = Admin,
        ["/admin/people"] = Admin,
        ["/admin/people/new"] = Admin,
        ["/admin/people/{Id:guid}"] = Admin,
        ["/admin/roles"] = Admin,
        ["/admin/roles/new"] = Admin,
        ["/admin/roles/{Id:guid}"] = Admin,
        ["/admin/teams/new"] = Admin,
        ["/admin/teams/{Id:guid}"] = Admin,
        ["/admin/keys"] = Admin,
        ["/admin/keys/{Id:guid}"] = Admin,
        ["/admin/queues"] = Admin,
        ["/admin/queues/new"] = Admin,
        ["/admin/queues/{Slug}"] = Admin,
        ["/admin/types"] = Admin,
        ["/admin/types/new"] = Admin,
        ["/admin/types/{Id}"] = Admin,
        ["/admin/actions"] = Admin,
        ["/admin/actions/new"] = Admin,
        ["/admin/actions/{Id}"] = Admin,
        ["/admin/shifts"] = Admin,
        ["/admin/shifts/{Id:guid}"] = Admin,
        ["/admin/deliveries"] = Admin,
        ["/admin/retention"] = Admin,
        ["/account"] = Moderator,
        ["/account/settings"] = Moderator,
        ["/account/keys"] = Moderator,
        ["/account/media"] = Moderator,
        ["/account/denied"] = Moderator,
        ["/account/logout"] = Moderator,
        ["/account/security"] = Moderator,
        ["/account/second-factor"] = Moderator,
        ["/account/passkey"] = Moderator,
        ["/account/prove"] = Moderator,
        ["/account/code"] = Nobody,
        ["/account/second-factor/first"] = Nobody,
        ["/account/login"] = Nobody,
        ["/account/first-password"] = Nobody,
    };

    public static TheoryData<string> Pages => [.. typeof(Program).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes<RouteAttribute>())
        .Select(route => route.Template)
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_InEachThemeWideAndNarrow_HasNothingSerious(string template)
    {
        Assert.True(s_visitors.TryGetValue(template, out string? visitor), $"Nobody looks at {template}: name who may, above.");
        await using IBrowserContext browser = await console.BrowserAsync(visitor == Nobody ? null : visitor, ConsoleFixture.DemoPassword);
        IPage page = await browser.NewPageAsync();
        if (template is "/account/code" or "/account/second-factor/first")
        {
            await GiveTicketAsync(browser, page, setsUp: template != "/account/code");
        }

        await page.GotoAsync(await AddressAsync(template));
        if (!template.StartsWith("/account", StringComparison.Ordinal) || template is "/account/settings" or "/account/keys" or "/account/media" or "/account/security")
        {
            await page.ReadyAsync();
        }

        await page.GetByRole(AriaRole.Heading).First.WaitForAsync();
        await page.AssertNothingSeriousAsync();
    }

    // Between the two steps of a sign-in.
    private async Task GiveTicketAsync(IBrowserContext browser, IPage page, bool setsUp)
    {
        DefaultHttpContext context = new();
        context.Request.Headers.UserAgent = await page.EvaluateAsync<string>("navigator.userAgent");
        console.App.Services.GetRequiredService<SignInTickets>().Give(
            context, new SignInTicket(Guid.NewGuid(), Guid.NewGuid(), "", TimeProvider.System.GetUtcNow().AddHours(1), setsUp, "someone@example.org"));
        string[] cookie = context.Response.Headers.SetCookie.ToString().Split(';')[0].Split('=', 2);
        await browser.AddCookiesAsync([new Cookie { Name = cookie[0], Value = cookie[1], Url = console.App.Address + "/account" }]);
    }

    private async Task<string> AddressAsync(string template)
    {
        Scene scene = await Scene.SetAsync(console.App);
        string id = template switch
        {
            _ when template.StartsWith("/policies", StringComparison.Ordinal) => $"pol_{scene.Name}",
            _ when template.StartsWith("/admin/types", StringComparison.Ordinal) => "post",
            _ when template.StartsWith("/admin/actions", StringComparison.Ordinal) => $"act_{scene.Name}",
            _ when template.StartsWith("/quality/plans", StringComparison.Ordinal) => $"{await PlanAsync(scene)}",
            _ when template.StartsWith("/admin/keys", StringComparison.Ordinal) =>
                $"{await scene.ReadAsync(db => db.Set<ApiKey>().Where(key => key.ExpiresAt != null).Select(key => key.Id).FirstAsync())}",
            _ when template.StartsWith("/admin/roles", StringComparison.Ordinal) => $"{await RoleAsync(scene)}",
            _ when template.StartsWith("/admin/teams", StringComparison.Ordinal) =>
                $"{await scene.ReadAsync(db => db.Set<Team>().Select(team => team.Id).FirstAsync())}",
            _ => $"{await scene.ReadAsync(db => db.Set<Moderator>().Select(person => person.Id).FirstAsync())}",
        };
        if (template == "/admin/people")
        {
            await AskForARoleAsync(scene);
        }

        if (template.EndsWith("/draft", StringComparison.Ordinal))
        {
            await DraftAsync(scene);
        }
        else if (template == "/audit/alarms")
        {
            await AlarmTests.RaiseAsync(console.App, scene, scene.People[0].Split('@')[0]);
        }

        long number = template.StartsWith("/escalations/precedents/", StringComparison.Ordinal)
            ? await scene.ReadAsync(db => db.Set<Precedent>().MinAsync(row => row.Number))
            : template.StartsWith("/escalations/", StringComparison.Ordinal) ? await QuestionAsync(scene)
            : template.StartsWith("/admin/clocks", StringComparison.Ordinal) ? await scene.NoticeAsync(await scene.PostAsync("An order asks for this"))
            : await scene.ReadAsync(db => db.Set<Case>().MinAsync(row => row.Number));
        return template.Replace("{Slug}", "general", StringComparison.Ordinal)
            .Replace("{Number:long}", $"{number}", StringComparison.Ordinal)
            .Replace("{Id:guid}", id, StringComparison.Ordinal)
            .Replace("{Id}", id, StringComparison.Ordinal);
    }

    // Asked of an expert by whoever works the scene's queue.
    private async Task<long> QuestionAsync(Scene scene)
    {
        await scene.PostAsync("A hard one");
        string name = scene.People[0].Split('@')[0];
        Caller asker = Caller.Person(await scene.ReadAsync(db => db.Set<Moderator>().Where(person => person.DisplayName == name).Select(person => person.Id).SingleAsync()));
        LeasedTask task = (await console.App.Services.GetRequiredService<ClaimNextCase>().RunAsync(asker, scene.Queue.Id)).Task!;
        EscalateResult asked = await console.App.Services.GetRequiredService<EscalateCase>().RunAsync(asker, task.TaskNumber, task.Fence, "Is this satire?", CancellationToken.None);
        return await scene.ReadAsync(db => db.Set<Escalation>().Where(row => row.Id == asked.EscalationId).Select(row => row.ExpertTask).SingleAsync());
    }

    // One administrator asks, so that another finds something to agree to.
    private async Task AskForARoleAsync(Scene scene)
    {
        string email = await scene.PersonAsync($"asker@{scene.Name}.local", Roles.Admin);
        Guid[] ids = await scene.ReadAsync(db => db.Users.Where(account => account.Email == email || account.Email == scene.People[0])
            .OrderBy(account => account.Email != email).Select(account => account.Id).ToArrayAsync());
        PersonOutcome asked = await console.App.Services.GetRequiredService<SetRoles>().RunAsync(
            Caller.Person(ids[0]), ids[1], [Roles.Moderator, Roles.Admin], CancellationToken.None);
        Assert.Equal(PersonOutcome.Asked, asked);
    }

    private async Task<Guid> RoleAsync(Scene scene) => (await console.App.Services.GetRequiredService<MakeRole>().RunAsync(
        Caller.System, $"Appeals {scene.Name}", "Hears appeals at night and sees what came of them.", [Permission.HearAppeals, Permission.ViewAppeals, Permission.ViewCases],
        CancellationToken.None)).RoleId;

    private async Task DraftAsync(Scene scene)
    {
        PolicyDraft words = new($"pol_{scene.Name}", "1.1", "Spam and scams", null, Severity.High, "No spam.\n\nNo scams either.", "- a joke is none", [], "It is spam.") { ReasonRequired = true };
        SaveRevisionResult saved = await console.App.Services.GetRequiredService<SaveRevision>().RunAsync(Caller.System, new RevisionCommand(words, 1), CancellationToken.None);
        Assert.Equal(SavePolicyOutcome.Saved, saved.Outcome);
    }

    // A draft with a stratum: one that drew would put work into every test's queue.
    private static async Task<Guid> PlanAsync(Scene scene)
    {
        Guid maker = await scene.ReadAsync(db => db.Set<Moderator>().Select(person => person.Id).FirstAsync());
        SamplingPlan plan = new() { Name = $"Plan of {scene.Name}", RandomRate = 0.05, Salt = $"{Guid.NewGuid()}", MadeBy = maker, MadeAt = TimeProvider.System.GetUtcNow() };
        await scene.WriteAsync(scope =>
        {
            scope.Db.Add(plan);
            scope.Db.Add(new SamplingStratum { PlanId = plan.Id, Name = "New here", Rate = 0.5, Conditions = new StratumConditions { TenureBelowDays = 28 }.Write() });
            return Task.CompletedTask;
        });
        return plan.Id;
    }
}
