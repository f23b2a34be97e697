using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>What can be done about a person who works here, together for the page that offers all of it.</summary>
public sealed record PersonCommands(
    SavePerson SavePerson, SetRoles SetRoles, SetPermission SetPermission, DisablePerson DisablePerson, EnablePerson EnablePerson, ResetPassword ResetPassword,
    ResetSecondFactor ResetSecondFactor);
