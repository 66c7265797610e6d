/** Twenty sentences as a colleague might leave them: true of some patients, false of most, and some that no record decides. */
export const NOTE = `The patient was seen in clinic today for a routine follow-up. She has type 2 diabetes and hypertension.
Her most recent HbA1c was 7.1 %. It had been 6.8 % a year before. Blood pressure at the last visit was 138/82 mmHg.
She takes metformin 500 mg twice daily. Lisinopril 10 mg once a day was continued. She is not on an anticoagulant.
There is an allergy to penicillin. No known drug allergies are recorded. Her eGFR has been falling since 2023.
Creatinine was 1.4 mg/dL in March 2026. LDL cholesterol has never been above 190 mg/dL. She received the influenza vaccine in October 2025.
A colonoscopy was done in 2019. She has never smoked. There were four visits last year.
Her weight has increased by 3 kg since January. She should see the dietitian again. I think that she is doing well.`;
