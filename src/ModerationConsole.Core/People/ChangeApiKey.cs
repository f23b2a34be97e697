using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.People;

/// <summary>What became of the wish to change a key.</summary>
public enum ChangeKeyOutcome
{
    Changed,

    /// <summary>There is no such key.</summary>
    NotFound,

    /// <summary>It was revoked, or has ended.</summary>
    Over,

    /// <summary>The name is empty or longer than 200 characters.</summary>
    NameInvalid,

    /// <summary>Nobody can be allowed that much a second.</summary>
    RateInvalid,

    /// <summary>What was given holds something that is no network, or too many.</summary>
    NetworksInvalid,

    /// <summary>The caller must first prove again who they are.</summary>
    ProveFirst,
}

/// <summary>Changes what a key is called, how much it may ask for and from where. What it opens, and until when, takes another key.</summary>
[Requires(Permission.ManageKeys)]
public sealed class ChangeApiKey(WritePath writes, IAccessGuard guard, IRecentProof proof, KnownApiKeys known) : IUseCase
{
    /// <summary>Changes it: the next request goes by it on this node, and on others a second later at most.</summary>
    public async Task<ChangeKeyOutcome> RunAsync(
        Caller caller, Guid keyId, string name, int? requestsPerSecond, string networks, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ChangeApiKey>(caller, cancellationToken).ConfigureAwait(false);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return ChangeKeyOutcome.ProveFirst;
        }

        if (KeyRules.Name(name) is not { } called)
        {
            return ChangeKeyOutcome.NameInvalid;
        }

        if (!KeyRules.IsRate(requestsPerSecond))
        {
            return ChangeKeyOutcome.RateInvalid;
        }

        if (KeyNetworks.Normalize(networks) is not { } from)
        {
            return ChangeKeyOutcome.NetworksInvalid;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                ApiKey? key = await scope.Db.Set<ApiKey>().SingleOrDefaultAsync(row => row.Id == keyId, cancel).ConfigureAwait(false);
                if (key is null || key.IsOver(scope.Now))
                {
                    return key is null ? ChangeKeyOutcome.NotFound : ChangeKeyOutcome.Over;
                }

                (key.Name, key.RequestsPerSecond, key.Networks) = (called, requestsPerSecond, from);
                scope.AfterCommit(known.Forget);
                scope.Publish(LiveKind.ConfigurationChanged, state: ApiKeys.Changed);
                scope.Record(caller, AuditAct.KeyChanged, subject: key.Id.ToString(), details: ApiKeys.Describe(key));
                return ChangeKeyOutcome.Changed;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
