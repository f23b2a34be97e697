using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.People.SingleSignOn;

/// <summary>Refuses to start with a provider that nobody could sign in with, or that would not be safe.</summary>
internal sealed partial class SingleSignOnOptionsValidator : IValidateOptions<SingleSignOnOptions>
{
    // As long as the framework's tables keep an issuer.
    private const int LongestIssuer = 128;
    private const int LongestText = 200;

    public ValidateOptionsResult Validate(string? name, SingleSignOnOptions options)
    {
        List<string> faults = [];
        if (!options.LocalAccounts && options.Providers.Count == 0)
        {
            faults.Add($"{SingleSignOnOptions.Section}:LocalAccounts can be false only with a provider in {SingleSignOnOptions.Section}:Providers: nobody could sign in.");
        }

        if (options.RecheckMinutes is < 1 or > 1_440)
        {
            faults.Add($"{SingleSignOnOptions.Section}:RecheckMinutes must be from 1 to 1440.");
        }

        if (options.UnconfirmedMinutes < options.RecheckMinutes || options.UnconfirmedMinutes > 10_080)
        {
            faults.Add($"{SingleSignOnOptions.Section}:UnconfirmedMinutes must be from RecheckMinutes to 10080.");
        }

        foreach ((string provider, ProviderOptions settings) in options.Providers)
        {
            faults.AddRange(Faults(provider, settings).Select(fault => $"{SingleSignOnOptions.Section}:Providers:{provider}{fault}"));
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(string name, ProviderOptions provider)
    {
        if (!ProviderName().IsMatch(name))
        {
            yield return ": a provider's name is up to 30 small letters, digits and hyphens.";
        }

        if (AuthorityFault(provider) is { } fault)
        {
            yield return $":Authority {fault}";
        }

        if (provider.ClientId.Length is 0 or > LongestText)
        {
            yield return ":ClientId is missing or too long.";
        }

        if (provider.DisplayName.Length > LongestText)
        {
            yield return ":DisplayName is too long.";
        }

        if (!provider.Scopes.Split(' ').Contains("openid", StringComparer.Ordinal))
        {
            yield return ":Scopes must hold openid.";
        }

        if (provider.GroupsClaim.Length == 0)
        {
            yield return ":GroupsClaim is missing.";
        }

        if (provider.Roles.Count == 0)
        {
            yield return ":Roles is empty: nobody could come in. Give each group its role, as Roles:moderators=Moderator.";
        }

        if (provider.Services.Count > 0 && (provider.ServiceAudience.Length is 0 or > LongestText || provider.ServiceAudience == provider.ClientId))
        {
            yield return ":ServiceAudience is missing, too long or the ClientId: a token for people's sign-in must open nothing to a service.";
        }

        if (!ProviderOptions.ServiceClientClaims.Contains(provider.ServiceClientClaim, StringComparer.Ordinal))
        {
            yield return $":ServiceClientClaim is none of {string.Join(", ", ProviderOptions.ServiceClientClaims)}.";
        }

        if (provider.ServiceTokenType is not (ProviderOptions.AccessType or ProviderOptions.PlainType))
        {
            yield return $":ServiceTokenType is neither {ProviderOptions.AccessType} nor {ProviderOptions.PlainType}.";
        }

        foreach ((string service, string subject) in provider.ServiceSubjects)
        {
            if (!provider.Services.ContainsKey(service) || subject.Length is 0 or > LongestText)
            {
                yield return $":ServiceSubjects:{service} names no subject, or Services knows no such client.";
            }
        }

        foreach ((string service, string scopes) in provider.Services)
        {
            string[] unknown = [.. ProviderOptions.Split(scopes).Except(ApiKeys.Grantable.Select(scope => scope.ToString()))];
            if (unknown.Length > 0 || ProviderOptions.Split(scopes).Length == 0)
            {
                yield return $":Services:{service} names nothing that a program may do: {string.Join(", ", unknown)}. Programs may {string.Join(", ", ApiKeys.Grantable)}.";
            }
        }

        foreach ((string group, string roles) in provider.Roles)
        {
            // Whether there are such roles is asked once the database can be read: see CheckRoleSettings.
            if (ProviderOptions.Split(roles).Length == 0)
            {
                yield return $":Roles:{group} names no role.";
            }
        }
    }

    private static string? AuthorityFault(ProviderOptions provider)
    {
        if (!Uri.TryCreate(provider.Authority, UriKind.Absolute, out Uri? authority)
            || authority.UserInfo.Length + authority.Query.Length + authority.Fragment.Length > 0 || provider.Authority.Length > LongestIssuer)
        {
            return $"must be the provider's issuer, an https address of up to {LongestIssuer} characters.";
        }

        return authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && (authority.IsLoopback || provider.AllowHttp))
            ? null
            : "must begin with https; AllowHttp=true lifts that for development.";
    }

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?\z")]
    private static partial Regex ProviderName();
}
