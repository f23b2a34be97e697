using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Policies;

/// <summary>An open draft of a policy.</summary>
/// <param name="Draft">The draft.</param>
/// <param name="InForce">The version in force; null where the policy is new.</param>
/// <param name="Writers">Names of everyone who wrote on it.</param>
/// <param name="AskedBy">Name of who asked for a second person.</param>
/// <param name="AnsweredBy">Name of who answered last.</param>
/// <param name="SecondPerson">Whether someone else must agree before it is published.</param>
/// <param name="Own">Whether the reader had a hand in it, and may not agree to it.</param>
public sealed record RevisionView(
    PolicyRevision Draft, PolicyVersion? InForce, IReadOnlyList<string> Writers, string? AskedBy, string? AnsweredBy, bool SecondPerson, bool Own)
{
    /// <summary>The draft as the version that it would be.</summary>
    public PolicyVersion Next { get; } = PolicyVersion.Of(Draft.Words(), (InForce?.Number ?? 0) + 1, Draft.EffectiveFrom ?? Draft.WrittenAt);

    /// <summary>Code and name of the policy that it is to stand under; null for none.</summary>
    public string? Parent { get; init; }

    /// <summary>Code and name of the policy that it stands under now; null for none.</summary>
    public string? ParentNow { get; init; }
}

/// <summary>An open draft in a list.</summary>
public sealed record RevisionRow(string PolicyId, string Code, string Name, RevisionState State, DateTimeOffset WrittenAt, DateTimeOffset? EffectiveFrom);

/// <summary>Reads open drafts of policies. Only those who write policies see them.</summary>
[Requires(Permission.EditPolicies)]
public sealed class ReadRevision(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IOptions<PolicyOptions> options) : IUseCase
{
    /// <summary>The open draft of a policy, or null.</summary>
    public async Task<RevisionView?> RunAsync(Caller caller, string policyId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadRevision>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            PolicyRevision? draft = await db.Set<PolicyRevision>().AsNoTracking().SingleOrDefaultAsync(row => row.OpenFor == policyId, cancellationToken).ConfigureAwait(false);
            if (draft is null)
            {
                return null;
            }

            PolicyVersion? inForce = await db.Set<PolicyVersion>().AsNoTracking()
                .Where(version => version.PolicyId == policyId && db.Set<Policy>().Any(policy => policy.Id == policyId && policy.CurrentVersion == version.Number))
                .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            Guid[] writers = PolicyLists.Ids(draft.Writers);
            Guid[] people = [.. writers, .. new[] { draft.AskedBy, draft.AnsweredBy }.OfType<Guid>()];
            Dictionary<Guid, string> names = await db.Set<Moderator>().Where(person => people.Contains(person.Id))
                .ToDictionaryAsync(person => person.Id, person => person.DisplayName, cancellationToken).ConfigureAwait(false);
            string? Name(Guid? id) => id is { } known ? names.GetValueOrDefault(known) : null;
            return new RevisionView(
                draft, inForce, [.. writers.Select(id => Name(id)).OfType<string>()], Name(draft.AskedBy), Name(draft.AnsweredBy),
                options.Value.SecondPerson, draft.IsBy(caller.Id))
            {
                Parent = await TitleAsync(db, draft.ParentId, cancellationToken).ConfigureAwait(false),
                ParentNow = await TitleAsync(
                    db, await db.Set<Policy>().Where(policy => policy.Id == policyId).Select(policy => policy.ParentId).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false),
                    cancellationToken).ConfigureAwait(false),
            };
        }
    }

    private static async Task<string?> TitleAsync(ConsoleDbContext db, string? id, CancellationToken cancellationToken) => id is null ? null
        : await db.Set<Policy>().Where(policy => policy.Id == id).Select(policy => policy.Code + " " + policy.Name).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) ?? id;
}

/// <summary>All open drafts of policies, of which some are of policies that are not there yet.</summary>
[Requires(Permission.EditPolicies)]
public sealed class ListRevisions(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Lists them, those that were written last first.</summary>
    public async Task<IReadOnlyList<RevisionRow>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListRevisions>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.Set<PolicyRevision>().AsNoTracking().Where(row => row.OpenFor != null).OrderByDescending(row => row.WrittenAt)
                .Select(row => new RevisionRow(row.PolicyId, row.Code, row.Name, row.State, row.WrittenAt, row.EffectiveFrom))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
