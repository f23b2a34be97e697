using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Policies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Code",
                table: "policy_version",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Fields",
                table: "policy_version",
                type: "character varying(5000)",
                maxLength: 5000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Queues",
                table: "policy_version",
                type: "character varying(5000)",
                maxLength: 5000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "ReasonRequired",
                table: "policy_version",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "ReasonTemplates",
                table: "policy_version",
                type: "character varying(5000)",
                maxLength: 5000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "RecommendedActions",
                table: "policy_version",
                type: "character varying(5000)",
                maxLength: 5000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Fields",
                table: "policy",
                type: "character varying(5000)",
                maxLength: 5000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "NextFrom",
                table: "policy",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Queues",
                table: "policy",
                type: "character varying(5000)",
                maxLength: 5000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "ReasonRequired",
                table: "policy",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "policy_revision",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PolicyId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    OpenFor = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    State = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    BasedOn = table.Column<int>(type: "integer", nullable: false),
                    Code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ParentId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Severity = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    Text = table.Column<string>(type: "character varying(100000)", maxLength: 100000, nullable: false),
                    Guidance = table.Column<string>(type: "character varying(100000)", maxLength: 100000, nullable: false),
                    RecommendedActions = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    ReasonTemplates = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    ReasonRequired = table.Column<bool>(type: "boolean", nullable: false),
                    Queues = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    Fields = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    Archived = table.Column<bool>(type: "boolean", nullable: false),
                    EffectiveFrom = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Edition = table.Column<int>(type: "integer", nullable: false),
                    Writers = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    WrittenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    WrittenBy = table.Column<Guid>(type: "uuid", nullable: true),
                    AskedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    AskNote = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: true),
                    AnsweredBy = table.Column<Guid>(type: "uuid", nullable: true),
                    AnswerNote = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: true),
                    BecameVersion = table.Column<int>(type: "integer", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_revision", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "policy_trial",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RevisionId = table.Column<Guid>(type: "uuid", nullable: false),
                    Salt = table.Column<Guid>(type: "uuid", nullable: false),
                    DrawnAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Cut = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_trial", x => x.Id);
                    table.ForeignKey(
                        name: "FK_policy_trial_policy_revision_RevisionId",
                        column: x => x.RevisionId,
                        principalTable: "policy_revision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "policy_trial_case",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TrialId = table.Column<Guid>(type: "uuid", nullable: false),
                    Place = table.Column<int>(type: "integer", nullable: false),
                    Stratum = table.Column<int>(type: "integer", nullable: false),
                    DecisionId = table.Column<Guid>(type: "uuid", nullable: false),
                    CaseNumber = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_trial_case", x => x.Id);
                    table.ForeignKey(
                        name: "FK_policy_trial_case_case_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "case",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_policy_trial_case_decision_DecisionId",
                        column: x => x.DecisionId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_policy_trial_case_policy_trial_TrialId",
                        column: x => x.TrialId,
                        principalTable: "policy_trial",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "policy_trial_stratum",
                columns: table => new
                {
                    TrialId = table.Column<Guid>(type: "uuid", nullable: false),
                    Place = table.Column<int>(type: "integer", nullable: false),
                    Verdict = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    Language = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Population = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_trial_stratum", x => new { x.TrialId, x.Place });
                    table.ForeignKey(
                        name: "FK_policy_trial_stratum_policy_trial_TrialId",
                        column: x => x.TrialId,
                        principalTable: "policy_trial",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "policy_trial_judgement",
                columns: table => new
                {
                    TrialCaseId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    Answer = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    Edition = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_trial_judgement", x => new { x.TrialCaseId, x.PersonId });
                    table.ForeignKey(
                        name: "FK_policy_trial_judgement_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_policy_trial_judgement_policy_trial_case_TrialCaseId",
                        column: x => x.TrialCaseId,
                        principalTable: "policy_trial_case",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_policy_revision_OpenFor",
                table: "policy_revision",
                column: "OpenFor",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_policy_revision_PolicyId",
                table: "policy_revision",
                column: "PolicyId");

            migrationBuilder.CreateIndex(
                name: "IX_policy_revision_State_EffectiveFrom",
                table: "policy_revision",
                columns: new[] { "State", "EffectiveFrom" });

            migrationBuilder.CreateIndex(
                name: "IX_policy_trial_RevisionId",
                table: "policy_trial",
                column: "RevisionId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_policy_trial_case_CaseNumber",
                table: "policy_trial_case",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_policy_trial_case_DecisionId",
                table: "policy_trial_case",
                column: "DecisionId");

            migrationBuilder.CreateIndex(
                name: "IX_policy_trial_case_TrialId_Place",
                table: "policy_trial_case",
                columns: new[] { "TrialId", "Place" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_policy_trial_judgement_PersonId",
                table: "policy_trial_judgement",
                column: "PersonId");

            // What was said of a policy beside its words was the same for all of its versions until now.
            migrationBuilder.Sql("""
                UPDATE "policy_version" SET
                    "Code" = (SELECT "Code" FROM "policy" WHERE "policy"."Id" = "policy_version"."PolicyId"),
                    "RecommendedActions" = (SELECT "RecommendedActions" FROM "policy" WHERE "policy"."Id" = "policy_version"."PolicyId"),
                    "ReasonTemplates" = (SELECT "ReasonTemplates" FROM "policy" WHERE "policy"."Id" = "policy_version"."PolicyId");
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "policy_trial_judgement");

            migrationBuilder.DropTable(
                name: "policy_trial_stratum");

            migrationBuilder.DropTable(
                name: "policy_trial_case");

            migrationBuilder.DropTable(
                name: "policy_trial");

            migrationBuilder.DropTable(
                name: "policy_revision");

            migrationBuilder.DropColumn(
                name: "Code",
                table: "policy_version");

            migrationBuilder.DropColumn(
                name: "Fields",
                table: "policy_version");

            migrationBuilder.DropColumn(
                name: "Queues",
                table: "policy_version");

            migrationBuilder.DropColumn(
                name: "ReasonRequired",
                table: "policy_version");

            migrationBuilder.DropColumn(
                name: "ReasonTemplates",
                table: "policy_version");

            migrationBuilder.DropColumn(
                name: "RecommendedActions",
                table: "policy_version");

            migrationBuilder.DropColumn(
                name: "Fields",
                table: "policy");

            migrationBuilder.DropColumn(
                name: "NextFrom",
                table: "policy");

            migrationBuilder.DropColumn(
                name: "Queues",
                table: "policy");

            migrationBuilder.DropColumn(
                name: "ReasonRequired",
                table: "policy");
        }
    }
}
