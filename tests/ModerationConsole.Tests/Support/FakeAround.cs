using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Core.Policies;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Review;

namespace ModerationConsole.Tests.Support;

/// <summary>What stands around a case, as a test says: it can be slow, fail, or hold anything.</summary>
public sealed class FakeAround : IDeskAround
{
    /// <summary>What is read; throws while null.</summary>
    public Func<DeskContext?>? Context { get; set; } = () => new DeskContext([], [], []);

    public Func<string, PolicyView?> Policy { get; set; } = _ => null;

    /// <summary>What is offered; throws while null.</summary>
    public Func<IReadOnlyList<PrecedentOffer>?>? Precedents { get; set; } = () => [];

    /// <summary>What precedents wait for.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    public List<(long Case, string Text)> Written { get; } = [];

    public CommentOutcome Outcome { get; set; } = CommentOutcome.Written;

    public Task<DeskContext?> ReadAsync(long taskNumber, CancellationToken cancellationToken) =>
        Context is { } read ? Task.FromResult(read()) : Task.FromException<DeskContext?>(new InvalidOperationException("The database is away."));

    public async Task<IReadOnlyList<PrecedentOffer>?> PrecedentsAsync(long taskNumber, CancellationToken cancellationToken)
    {
        await Ready;
        return Precedents is { } read ? read() : throw new InvalidOperationException("The database is away.");
    }

    public Task<PolicyView?> PolicyAsync(string policyId, int version, CancellationToken cancellationToken) => Task.FromResult(Policy(policyId));

    public Task<CommentOutcome> CommentAsync(long caseNumber, string text, CancellationToken cancellationToken)
    {
        Written.Add((caseNumber, text));
        return Task.FromResult(Outcome);
    }
}

/// <summary>Registers what the desk's panels ask.</summary>
public static class FakeAroundServices
{
    public static IServiceCollection AddDeskAround(this IServiceCollection services, FakeAround around) => services
        .AddLogging()
        .AddSingleton<IDeskAround>(around)
        .AddScoped<StatusLine>();
}
