using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Factors;

/// <summary>Who must have a second factor. Section <c>SecondFactor</c>.</summary>
public sealed class SecondFactorOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "SecondFactor";

    /// <summary><c>SecondFactor:Roles:0</c>, …: roles whose people sign in with a second factor or a passkey, or through an identity provider, and not at all otherwise.</summary>
    public IReadOnlyList<string> Roles { get; set; } = [];
}

internal sealed class SecondFactorOptionsValidator : IValidateOptions<SecondFactorOptions>
{
    public ValidateOptionsResult Validate(string? name, SecondFactorOptions options)
    {
        string[] unknown = [.. options.Roles.Except(Roles.All)];
        return unknown.Length == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{SecondFactorOptions.Section}:Roles: {string.Join(", ", unknown)} is no role; there are {string.Join(", ", Roles.All)}.");
    }
}

internal static class RequiredFactors
{
    /// <summary>Whether a person holds a role that demands a second factor.</summary>
    public static async Task<bool> NeedsSecondFactorAsync(this ConsoleDbContext db, Guid personId, SecondFactorOptions options, CancellationToken cancellationToken) =>
        options.Roles.Count > 0
        && await (
            from link in db.UserRoles
            join role in db.Roles on link.RoleId equals role.Id
            where link.UserId == personId && options.Roles.Contains(role.Name)
            select link).AnyAsync(cancellationToken).ConfigureAwait(false);
}
