using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Quality;

/// <summary>A console of its own, in which decisions are final at once: what measures people is made of settled ones.</summary>
internal static class SettledScene
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static ConsoleApp Start()
    {
        ConsoleApp app = new(new() { ["Enforcement:UndoSeconds"] = "0", ["Demo:Enabled"] = "false" });
        app.StartServer();
        return app;
    }

    /// <summary>Someone who works there decides the next case of the corner, without a page; returns its number.</summary>
    public static async Task<long> DecideAsync(this Scene scene, ConsoleApp app, string email, Verdict verdict)
    {
        Caller person = Caller.Person(await scene.ReadAsync(db => db.Users.Where(row => row.Email == email).Select(row => row.Id).SingleAsync(Cancel)));
        ClaimResult drawn = await app.Services.GetRequiredService<ClaimNextCase>().RunAsync(person, scene.Queue.Id, cancellationToken: Cancel);
        DecideResult result = await app.Services.GetRequiredService<DecideCase>().RunAsync(
            person,
            new DecideCommand(drawn.Task!.TaskNumber, drawn.Task.Fence, verdict)
            {
                PolicyId = verdict == Verdict.Violation ? $"pol_{scene.Name}" : null,
                Actions = verdict == Verdict.Violation ? [new ActionOrder($"act_{scene.Name}")] : [],
            },
            Cancel);
        Assert.Equal(DecideOutcome.Decided, result.Outcome);
        return await scene.ReadAsync(db => db.Set<Decision>().Where(row => row.Id == result.DecisionId).Select(row => row.CaseNumber).SingleAsync(Cancel));
    }
}
