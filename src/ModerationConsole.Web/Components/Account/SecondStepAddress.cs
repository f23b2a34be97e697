using ModerationConsole.Core.People;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Account;

/// <summary>Where a sign-in goes on that needs more than the password.</summary>
internal static class SecondStepAddress
{
    /// <summary>The page of the next step.</summary>
    public static string Of(SignInResult result, string? returnUrl) =>
        $"account/{(result == SignInResult.NeedsCode ? "code" : "second-factor/first")}?returnUrl={Uri.EscapeDataString(LocalAddress.OrHome(returnUrl))}";
}
