namespace ModerationConsole.Web.Security;

/// <summary>Sends somebody to prove who they are, from where they come back to a page of this console.</summary>
internal static class ProveFirst
{
    /// <summary>Address of the form that asks for it.</summary>
    public static string AddressFor(string returnUrl) => $"account/prove?returnUrl={Uri.EscapeDataString(returnUrl)}";

    /// <summary>The answer to a request for a file.</summary>
    public static IResult Then(string returnUrl) => Results.Redirect("/" + AddressFor(returnUrl));
}
