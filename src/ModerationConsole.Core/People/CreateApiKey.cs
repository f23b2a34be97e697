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
}

/// <summary>A key that was just made. <see cref="Key"/> is told this once and stored nowhere.</summary>
public sealed record CreatedKey(CreateKeyOutcome Outcome, Guid Id = default, string Key = "");

/// <summary>Makes a key for a program.</summary>
[Requires(Permission.ManageKeys)]
public sealed class CreateApiKey(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Makes the key. Only its hash is stored.</summary>
    public async Task<CreatedKey> RunAsync(Caller caller, string name, IReadOnlyCollection<Permission> scopes, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<CreateApiKey>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(scopes);
        string called = (name ?? "").Trim();
        if (called.Length is 0 or > TextLength.Id || called.Any(char.IsControl))
        {
            return new CreatedKey(CreateKeyOutcome.NameInvalid);
        }

        if (scopes.Count == 0 || scopes.Except(ApiKeys.Grantable).Any())
        {
            return new CreatedKey(CreateKeyOutcome.ScopesInvalid);
        }

        string key = ApiKeys.Make();
        Guid id = await writes.RunAsync(
            (scope, _) =>
            {
                ApiKey row = new()
                {
                    Name = called,
                    Prefix = ApiKeys.PrefixOf(key),
                    Hash = ApiKeys.Hash(key),
                    Scopes = ApiKeys.Write(scopes),
                    CreatedAt = scope.Now,
                };
                scope.Db.Add(row);
                scope.Record(caller, AuditAct.KeyCreated, subject: row.Id.ToString(), details: new Dictionary<string, object?> { ["scopes"] = row.Scopes });
                return Task.FromResult(row.Id);
            },
            cancellationToken).ConfigureAwait(false);
        return new CreatedKey(CreateKeyOutcome.Created, id, key);
    }
}
