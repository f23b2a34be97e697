using System.Globalization;
using ModerationConsole.Core.Access;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>Permissions as people read them, where they are given one by one: to people and to keys.</summary>
public static class PermissionWords
{
    /// <summary>"Child-safety cases" for <see cref="Permission.ChildSafety"/>. Each that can be given has words; a test says so.</summary>
    public static string Of(Permission permission) =>
        SharedText.ResourceManager.GetString($"Permission{permission}", CultureInfo.CurrentUICulture) ?? permission.ToString();
}
