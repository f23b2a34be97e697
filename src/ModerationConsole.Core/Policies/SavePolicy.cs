using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Policies;

/// <summary>What became of a policy that was to be saved.</summary>
public enum SavePolicyOutcome
{
    Saved,

    /// <summary>The id is not 1 to 200 of letters, digits and <c>_ - . :</c>.</summary>
    IdInvalid,

    /// <summary>There is a policy of that id already, and this was meant to be a new one.</summary>
    IdTaken,

    /// <summary>The code is empty or longer than 20 characters.</summary>
    CodeInvalid,

    /// <summary>The name is empty or longer than 200 characters.</summary>
    NameInvalid,

    /// <summary>Text or guidance is longer than 100 000 characters.</summary>
    TextTooLong,

    /// <summary>The list of actions or templates is longer than 5 000 characters.</summary>
    ListTooLong,

    /// <summary>The parent is not there, or stands below the policy itself.</summary>
    ParentInvalid,

    /// <summary>Someone saved it meanwhile, or it is not there.</summary>
    Changed,
}

/// <summary>A policy as a person wants it.</summary>
/// <param name="Text">Policy text, Markdown.</param>
/// <param name="Guidance">Guidance for moderators, Markdown.</param>
/// <param name="ReasonTemplates">Templates of the reason for the user, one a line.</param>
/// <param name="Version">The version of the row it was read at; null for a new policy.</param>
public sealed record PolicyDraft(
    string Id, string Code, string Name, string? ParentId, Severity Severity, string Text, string Guidance,
    IReadOnlyList<string> RecommendedActions, string ReasonTemplates, bool Archived = false, long? Version = null);

/// <summary>Writes a policy. New words are a new version; decisions keep the version they used.</summary>
[Requires(Permission.EditPolicies)]
public sealed partial class SavePolicy(WritePath writes, IAccessGuard guard, IEnumerable<IPolicyVersionObserver> observers) : IUseCase
{
    private const int LongestCode = 20;

    /// <summary>Saves the policy.</summary>
    public async Task<SavePolicyOutcome> RunAsync(Caller caller, PolicyDraft draft, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SavePolicy>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(draft);
        return Check(draft) is { } refusal
            ? refusal
            : await writes.RunAsync((scope, cancel) => SaveAsync(scope, caller, draft, cancel), cancellationToken).ConfigureAwait(false);
    }

    private static SavePolicyOutcome? Check(PolicyDraft draft) => draft switch
    {
        _ when !PolicyId().IsMatch(draft.Id) => SavePolicyOutcome.IdInvalid,
        _ when draft.Code.Trim() is not { Length: > 0 and <= LongestCode } => SavePolicyOutcome.CodeInvalid,
        _ when draft.Name.Trim() is not { Length: > 0 and <= TextLength.Id } => SavePolicyOutcome.NameInvalid,
        _ when draft.Text.Length > TextLength.Text || draft.Guidance.Length > TextLength.Text => SavePolicyOutcome.TextTooLong,
        _ when Joined(draft).Length > TextLength.Note || draft.ReasonTemplates.Length > TextLength.Note => SavePolicyOutcome.ListTooLong,
        _ => null,
    };

    private async Task<SavePolicyOutcome> SaveAsync(WriteScope scope, Caller caller, PolicyDraft draft, CancellationToken cancellationToken)
    {
        List<Policy> all = await scope.Db.Set<Policy>().ToListAsync(cancellationToken).ConfigureAwait(false);
        Policy? policy = all.SingleOrDefault(row => row.Id == draft.Id);
        if (draft.Version is null && policy is not null)
        {
            return SavePolicyOutcome.IdTaken;
        }

        if (draft.Version is { } version && policy?.Version != version)
        {
            return SavePolicyOutcome.Changed;
        }

        if (draft.ParentId is { } parent && !MayStandUnder(all, draft.Id, parent))
        {
            return SavePolicyOutcome.ParentInvalid;
        }

        bool isNew = policy is null;
        if (policy is null)
        {
            policy = new Policy { Id = draft.Id };
            scope.Db.Add(policy);
        }

        PolicyVersion? inForce = await WriteWordsAsync(scope, policy, draft, isNew, cancellationToken).ConfigureAwait(false);
        policy.Code = draft.Code.Trim();
        policy.ParentId = draft.ParentId;
        policy.RecommendedActions = Joined(draft);
        policy.ReasonTemplates = draft.ReasonTemplates.Trim();
        policy.Archived = draft.Archived;
        scope.Record(caller, AuditAct.PolicyChanged, subject: policy.Id, details: new Dictionary<string, object?>
        {
            ["archived"] = policy.Archived,
            ["policyVersion"] = policy.CurrentVersion,
        });
        foreach (IPolicyVersionObserver observer in inForce is null ? [] : observers)
        {
            await observer.InForceAsync(scope, caller, inForce!, cancellationToken).ConfigureAwait(false);
        }

        scope.Publish(LiveKind.ConfigurationChanged, state: "policy");
        return SavePolicyOutcome.Saved;
    }

    private static async Task<PolicyVersion?> WriteWordsAsync(WriteScope scope, Policy policy, PolicyDraft draft, bool isNew, CancellationToken cancellationToken)
    {
        string name = draft.Name.Trim();
        PolicyVersion? current = isNew
            ? null
            : await scope.Db.Set<PolicyVersion>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.PolicyId == policy.Id && row.Number == policy.CurrentVersion, cancellationToken).ConfigureAwait(false);
        if (current is not null && current.Name == name && current.Text == draft.Text && current.Guidance == draft.Guidance && current.Severity == draft.Severity)
        {
            return null;
        }

        policy.CurrentVersion = current is null ? 1 : current.Number + 1;
        policy.Name = name;
        policy.Severity = draft.Severity;
        PolicyVersion version = new()
        {
            PolicyId = policy.Id,
            Number = policy.CurrentVersion,
            Name = name,
            Text = draft.Text,
            Guidance = draft.Guidance,
            Severity = draft.Severity,
            EffectiveFrom = scope.Now,
        };
        scope.Db.Add(version);
        return version;
    }

    private static bool MayStandUnder(List<Policy> all, string id, string parentId)
    {
        Dictionary<string, string?> parents = all.ToDictionary(row => row.Id, row => row.ParentId, StringComparer.Ordinal);
        for (string? above = parentId; above is not null; above = parents[above])
        {
            if (above == id || !parents.ContainsKey(above))
            {
                return false;
            }
        }

        return true;
    }

    private static string Joined(PolicyDraft draft) => string.Join(',', draft.RecommendedActions);

    [GeneratedRegex(@"^[A-Za-z0-9_.:-]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PolicyId();
}
