using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>What became of the wish for a key.</summary>
public enum CreateKeyOutcome
{
    Created,

    /// <summary>The name is empty or longer than 200 characters.</summary>
    NameInvalid,

    /// <summary>No scope was given, or one that programs cannot have.</summary>
    ScopesInvalid,

    /// <summary>It would have ended before it was made, lasts too long, or has no end where each must have one.</summary>
    EndInvalid,

    /// <summary>Nobody can be allowed that much a second.</summary>
    RateInvalid,

    /// <summary>What was given holds something that is no network, or too many.</summary>
    NetworksInvalid,

    /// <summary>The caller must first prove again who they are.</summary>
    ProveFirst,
}

/// <summary>A key that is wished for.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it opens.</param>
/// <param name="ExpiresAt">From when on it opens nothing; null for never.</param>
/// <param name="RequestsPerSecond">What it may ask for a second; null for what every key may.</param>
/// <param name="Networks">Where it may come from; empty for anywhere.</param>
public sealed record NewApiKey(
    string Name, IReadOnlyCollection<Permission> Scopes, DateTimeOffset? ExpiresAt, int? RequestsPerSecond = null, string Networks = "");

/// <summary>A key that was just made. <see cref="Key"/> is told this once and stored nowhere.</summary>
public sealed record CreatedKey(CreateKeyOutcome Outcome, Guid Id = default, string Key = "");

/// <summary>Makes a key for a program.</summary>
[Requires(Permission.ManageKeys)]
public sealed class CreateApiKey(WritePath writes, IAccessGuard guard, IRecentProof proof, KeyRules rules) : IUseCase
{
    /// <summary>Makes the key. Only its hash is stored.</summary>
    public async Task<CreatedKey> RunAsync(Caller caller, NewApiKey wish, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<CreateApiKey>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(wish);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return new CreatedKey(CreateKeyOutcome.ProveFirst);
        }

        if (KeyRules.Name(wish.Name) is not { } called)
        {
            return new CreatedKey(CreateKeyOutcome.NameInvalid);
        }

        if (wish.Scopes.Count == 0 || wish.Scopes.Except(ApiKeys.Grantable).Any())
        {
            return new CreatedKey(CreateKeyOutcome.ScopesInvalid);
        }

        if (!KeyRules.IsRate(wish.RequestsPerSecond))
        {
            return new CreatedKey(CreateKeyOutcome.RateInvalid);
        }

        if (KeyNetworks.Normalize(wish.Networks) is not { } networks)
        {
            return new CreatedKey(CreateKeyOutcome.NetworksInvalid);
        }

        string key = ApiKeys.Make();
        return await writes.RunAsync(
            (scope, _) =>
            {
                if (!rules.IsEnd(wish.ExpiresAt, scope.Now))
                {
                    return Task.FromResult(new CreatedKey(CreateKeyOutcome.EndInvalid));
                }

                ApiKey row = new()
                {
                    Name = called,
                    Prefix = ApiKeys.PrefixOf(key),
                    Hash = ApiKeys.Hash(key),
                    Scopes = ApiKeys.Write(wish.Scopes),
                    CreatedAt = scope.Now,
                    ExpiresAt = wish.ExpiresAt,
                    RequestsPerSecond = wish.RequestsPerSecond,
                    Networks = networks,
                };
                scope.Db.Add(row);
                scope.Record(caller, AuditAct.KeyCreated, subject: row.Id.ToString(), details: ApiKeys.Describe(row));
                return Task.FromResult(new CreatedKey(CreateKeyOutcome.Created, row.Id, key));
            },
            cancellationToken).ConfigureAwait(false);
    }
}
