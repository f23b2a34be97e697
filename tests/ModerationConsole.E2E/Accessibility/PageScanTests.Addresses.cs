using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Core.Oversight.Glass;
using ModerationConsole.Core.Oversight.Reviews;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.OwnRoles;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Audit;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Accessibility;

// What pages are opened with: what stands in their addresses is made first.
public sealed partial class PageScanTests
{
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

        if (template == "/admin/reviews")
        {
            await console.App.Services.GetRequiredService<StartAccessReview>().RunAsync(Caller.System, CancellationToken.None);
        }

        if (template == "/audit/glass")
        {
            await BreakGlassAsync(scene);
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

    // One that is on, and one that was given back.
    private async Task BreakGlassAsync(Scene scene)
    {
        string email = await scene.PersonAsync($"breaker@{scene.Name}.local", Roles.Admin);
        Caller admin = Caller.Person(await scene.ReadAsync(db => db.Users.Where(account => account.Email == email).Select(account => account.Id).SingleAsync()));
        BreakGlass breaks = console.App.Services.GetRequiredService<BreakGlass>();
        Assert.Equal(BreakGlassOutcome.Broken, await breaks.RunAsync(admin, Roles.PolicyExpert, 20, "A policy must be stopped tonight", CancellationToken.None));
        await console.App.Services.GetRequiredService<EndGlass>().RunAsync(admin, CancellationToken.None);
        Assert.Equal(BreakGlassOutcome.Broken, await breaks.RunAsync(admin, Roles.Lead, 60, "Nobody of the leads can be reached, and the queue of appeals is due", CancellationToken.None));
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
